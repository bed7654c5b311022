package porteria.http.door;

import porteria.identity.MagicLinkRedemption;
import porteria.identity.MagicLinkService;
import porteria.identity.ParentDirectory;
import porteria.identity.ParentSessions;
import porteria.identity.ParentTokens;

/** How guardians come in, stay in, and what they see. */
public record ParentServices(
    MagicLinkService links,
    MagicLinkRedemption redemption,
    ParentSessions sessions,
    ParentTokens tokens,
    ParentDirectory directory) {}
