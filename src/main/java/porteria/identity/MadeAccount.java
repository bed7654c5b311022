package porteria.identity;

/** What became of an account to be made. */
public sealed interface MadeAccount {

  /**
   * It is there.
   *
   * @param password random, 20 characters; kept nowhere
   */
  record Account(StaffRecord staff, String password) implements MadeAccount {

    /** The password stays out of logs. */
    @Override
    public String toString() {
      return "Account[" + staff.id() + "]";
    }
  }

  /** The mailbox has an account already, of this school or another. */
  record MailboxTaken() implements MadeAccount {}

  /** The address is none that mail can go to. */
  record NotAMailbox() implements MadeAccount {}

  /** No school has this slug; or none was named and there is not just one. */
  record NoSuchSchool() implements MadeAccount {}
}
