/** Tests of what pages are made of; the pages themselves are tested in a browser. */
@NullMarked
package porteria.http.page;

import org.jspecify.annotations.NullMarked;
