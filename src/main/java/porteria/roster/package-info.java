/**
 * The roster of a school: pupils and their guardians, courses with their usual hours, enrolments
 * and consents, kept by people one by one or loaded from a file.
 *
 * <p>Nothing of it is deleted while events may refer to it. A pupil who leaves is made inactive;
 * who asks to be forgotten is erased, which leaves a row without a name, so that counts stay true:
 *
 * <pre>
 *  ACTIVE ◀──────▶ INACTIVE
 *     │               │
 *     └──── erase ────┴──▶ erased: no name, no number, no contacts, no guardians, no cards
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package porteria.roster;
