package porteria.tag;

import java.util.UUID;

/**
 * How many of a course's active pupils have cards in use.
 *
 * @param pupils all that are active
 * @param printed those with a printed card
 * @param stickers those with a sticker
 */
public record CourseCards(UUID courseId, String course, long pupils, long printed, long stickers) {}
