package porteria.identity;

import java.util.Optional;
import porteria.domain.Role;

/** What an admin changes of an account; what is empty stays. */
public record StaffChange(Optional<String> name, Optional<Role> role, Optional<Boolean> locked) {}
