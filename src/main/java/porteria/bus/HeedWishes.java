package porteria.bus;

import java.util.List;

/** Does as families wrote; answered when that is committed. */
public record HeedWishes(List<FamilyWish> wishes) {
  public HeedWishes {
    wishes = List.copyOf(wishes);
  }
}
