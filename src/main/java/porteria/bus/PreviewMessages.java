package porteria.bus;

import java.util.UUID;

/** How each message would look to the families of a school. */
public record PreviewMessages(UUID schoolId, String language) {}
