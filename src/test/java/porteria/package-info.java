/** Tests of the whole: what every part of the code keeps to. */
@org.jspecify.annotations.NullMarked
package porteria;
