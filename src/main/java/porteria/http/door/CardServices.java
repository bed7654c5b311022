package porteria.http.door;

import porteria.tag.CardPrinting;
import porteria.tag.FoundCards;
import porteria.tag.ScreenQrService;
import porteria.tag.StickerService;
import porteria.tag.TagRecords;

/** What the door leads to of the cards. */
public record CardServices(
    StickerService stickers,
    TagRecords records,
    ScreenQrService screenQrs,
    CardPrinting printing,
    FoundCards found) {}
