/**
 * Files in the S3 server. Those who upload and look at them are handed signed URLs; what came is
 * looked at before it counts. Whoever keeps files keeps a row for each from before it can be
 * uploaded until after it was deleted, so that none is forgotten.
 */
@NullMarked
package porteria.storage;

import org.jspecify.annotations.NullMarked;
