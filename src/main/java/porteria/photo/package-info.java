/**
 * Photos as evidence of a scan; nobody is recognised by them.
 *
 * <pre>
 * kiosk ── may I? ──▶ PhotoService ── row, signed PUT ──▶ kiosk ── bytes ──▶ S3
 *       ── done ────▶ size and first bytes are looked at: a photo, or deleted
 * staff ── show ────▶ audited, signed GET, one minute
 * PhotoRetention ───▶ what is too old, never arrived, or may not be kept: S3 first, then the row
 * </pre>
 *
 * <p>Every object has its row before it can be uploaded, so none can be forgotten.
 */
@NullMarked
package porteria.photo;

import org.jspecify.annotations.NullMarked;
