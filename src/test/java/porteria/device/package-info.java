/** Tests of telling kiosks by their tokens. */
@org.jspecify.annotations.NullMarked
package porteria.device;
