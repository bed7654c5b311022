package porteria.bus;

import porteria.domain.Verdict;

/** Every address of the bus. */
public final class Addresses {

  /** One scan; its verdict comes when it is committed. */
  public static final Address<SubmitScan, Verdict> SCAN_SUBMIT =
      new Address<>("scan.submit", SubmitScan.class, Verdict.class);

  /** Takes a recorded event back. */
  public static final Address<AnnulEvent, Annulment> SCAN_ANNUL =
      new Address<>("scan.annul", AnnulEvent.class, Annulment.class);

  /** A page of a school's events. */
  public static final Address<FindEvents, EventPage> ATTENDANCE_EVENTS =
      new Address<>("attendance.events", FindEvents.class, EventPage.class);

  /** A page of a school's refused scans. */
  public static final Address<FindRejections, RejectionPage> ATTENDANCE_REJECTIONS =
      new Address<>("attendance.rejections", FindRejections.class, RejectionPage.class);

  /** What providers say became of messages. */
  public static final Address<ReportDeliveries, Done> NOTIFICATION_REPORT =
      new Address<>("notification.report", ReportDeliveries.class, Done.class);

  /** What families wrote back. */
  public static final Address<HeedWishes, Done> NOTIFICATION_HEED =
      new Address<>("notification.heed", HeedWishes.class, Done.class);

  /** Whose mail a message is. */
  public static final Address<ViewSubscription, Subscription> NOTIFICATION_SUBSCRIPTION =
      new Address<>("notification.subscription", ViewSubscription.class, Subscription.class);

  /** Stops a school's mail to a mailbox. */
  public static final Address<Unsubscribe, Subscription> NOTIFICATION_UNSUBSCRIBE =
      new Address<>("notification.unsubscribe", Unsubscribe.class, Subscription.class);

  /** The state of a school's day. */
  public static final Address<ViewDay, DayView> ATTENDANCE_DAY =
      new Address<>("attendance.day", ViewDay.class, DayView.class);

  /** How the pupils of a school came in on a day. */
  public static final Address<ViewArrivals, ArrivalsView> ATTENDANCE_ARRIVALS =
      new Address<>("attendance.arrivals", ViewArrivals.class, ArrivalsView.class);

  /** The day that today is compared with. */
  public static final Address<ViewPreviousDay, PreviousDay> ATTENDANCE_PREVIOUS =
      new Address<>("attendance.previous", ViewPreviousDay.class, PreviousDay.class);

  /** Who of a school is missing. */
  public static final Address<ViewMissing, MissingPage> ATTENDANCE_MISSING =
      new Address<>("attendance.missing", ViewMissing.class, MissingPage.class);

  /** What does not fit together on a school's days. */
  public static final Address<FindDiscrepancies, DiscrepancyPage> ATTENDANCE_DISCREPANCIES =
      new Address<>("attendance.discrepancies", FindDiscrepancies.class, DiscrepancyPage.class);

  /** The hours that hold on a date. */
  public static final Address<FindHours, CourseHours> SCHEDULE_HOURS =
      new Address<>("schedule.hours", FindHours.class, CourseHours.class);

  /** Makes an exception to the usual hours. */
  public static final Address<MakeException, ScheduleException> SCHEDULE_EXCEPT =
      new Address<>("schedule.except", MakeException.class, ScheduleException.class);

  /** Takes an exception back. */
  public static final Address<WithdrawException, ExceptionWithdrawn> SCHEDULE_WITHDRAW =
      new Address<>("schedule.withdraw", WithdrawException.class, ExceptionWithdrawn.class);

  /** A page of exceptions. */
  public static final Address<FindExceptions, ExceptionPage> SCHEDULE_EXCEPTIONS =
      new Address<>("schedule.exceptions", FindExceptions.class, ExceptionPage.class);

  /** Freezes whom a broadcast would reach. */
  public static final Address<PreviewBroadcast, BroadcastPreview> BROADCAST_PREVIEW =
      new Address<>("broadcast.preview", PreviewBroadcast.class, BroadcastPreview.class);

  /** What was frozen when a broadcast was previewed, looked at again. */
  public static final Address<ViewBroadcast, BroadcastPreview> BROADCAST_PREVIEWED =
      new Address<>("broadcast.previewed", ViewBroadcast.class, BroadcastPreview.class);

  /** What the first families of a broadcast read, in each language that occurs. */
  public static final Address<ViewBroadcast, MessagePreviews> BROADCAST_SAMPLE =
      new Address<>("broadcast.sample", ViewBroadcast.class, MessagePreviews.class);

  /** Begins to send a broadcast. */
  public static final Address<SendBroadcast, BroadcastStarted> BROADCAST_SEND =
      new Address<>("broadcast.send", SendBroadcast.class, BroadcastStarted.class);

  /** Stops a broadcast. */
  public static final Address<ChangeBroadcast, BroadcastStopped> BROADCAST_CANCEL =
      new Address<>("broadcast.cancel", ChangeBroadcast.class, BroadcastStopped.class);

  /** Sends again what failed of a broadcast. */
  public static final Address<ChangeBroadcast, RetriedNotifications> BROADCAST_RETRY =
      new Address<>("broadcast.retry", ChangeBroadcast.class, RetriedNotifications.class);

  /** A page of what became of each message of a broadcast. */
  public static final Address<ReportBroadcast, BroadcastReport> BROADCAST_REPORT =
      new Address<>("broadcast.report", ReportBroadcast.class, BroadcastReport.class);

  /** One broadcast and how far it has come. */
  public static final Address<ViewBroadcast, BroadcastView> BROADCAST_VIEW =
      new Address<>("broadcast.view", ViewBroadcast.class, BroadcastView.class);

  /** A page of a school's broadcasts. */
  public static final Address<FindBroadcasts, BroadcastPage> BROADCAST_FIND =
      new Address<>("broadcast.find", FindBroadcasts.class, BroadcastPage.class);

  /** A broadcast has come further: a hint to dashboards. */
  public static final Event<BroadcastProgressed> BROADCAST_PROGRESSED =
      new Event<>("broadcast.progressed", BroadcastProgressed.class);

  /** The alarms that are held back. */
  public static final Address<ViewAlarms, HeldAlarms> ALARMS_VIEW =
      new Address<>("alarms.view", ViewAlarms.class, HeldAlarms.class);

  /** Raises the alarms that are held back. */
  public static final Address<ReleaseAlarms, AlarmsReleased> ALARMS_RELEASE =
      new Address<>("alarms.release", ReleaseAlarms.class, AlarmsReleased.class);

  /** A page of a school's messages. */
  public static final Address<FindNotifications, NotificationPage> NOTIFICATION_FIND =
      new Address<>("notification.find", FindNotifications.class, NotificationPage.class);

  /** One message. */
  public static final Address<ViewNotification, NotificationView> NOTIFICATION_VIEW =
      new Address<>("notification.view", ViewNotification.class, NotificationView.class);

  /** Sends what failed again. */
  public static final Address<RetryNotifications, RetriedNotifications> NOTIFICATION_RETRY =
      new Address<>("notification.retry", RetryNotifications.class, RetriedNotifications.class);

  /** How each message would look. */
  public static final Address<PreviewMessages, MessagePreviews> NOTIFICATION_PREVIEW =
      new Address<>("notification.preview", PreviewMessages.class, MessagePreviews.class);

  /** How a message would look that nobody is owed yet. */
  public static final Address<RenderMessages, MessagePreviews> NOTIFICATION_RENDER =
      new Address<>("notification.render", RenderMessages.class, MessagePreviews.class);

  /** To how many people WhatsApp may be sent. */
  public static final Address<ViewQuota, BroadcastPreview.Quota> SENDING_QUOTA =
      new Address<>("sending.quota", ViewQuota.class, BroadcastPreview.Quota.class);

  /** How sending stands. */
  public static final Address<ViewSending, SendingView> SENDING_VIEW =
      new Address<>("sending.view", ViewSending.class, SendingView.class);

  /** Ends a pause of sending. */
  public static final Address<ResumeSending, SendingResumed> SENDING_RESUME =
      new Address<>("sending.resume", ResumeSending.class, SendingResumed.class);

  /** A pause of sending began or ended: a hint to dashboards. */
  public static final Event<SendingChanged> SENDING_CHANGED =
      new Event<>("sending.changed", SendingChanged.class);

  /** Who is excused has changed. */
  public static final Event<AbsenceChanged> ABSENCE_CHANGED =
      new Event<>("absence.changed", AbsenceChanged.class);

  /** Alarms changed: a hint to dashboards. */
  public static final Event<AlarmsChanged> ALARMS_CHANGED =
      new Event<>("alarms.changed", AlarmsChanged.class);

  /** Changes of a school's day were committed. */
  public static final Event<ScanRecorded> SCAN_RECORDED =
      new Event<>("scan.recorded", ScanRecorded.class);

  /** Something was announced: a hint to expand it now instead of at the next poll. */
  public static final Event<NotificationDue> NOTIFICATION_DUE =
      new Event<>("notification.due", NotificationDue.class);

  /** Messages were queued that nothing announced: a hint to send now, not at the next poll. */
  public static final Event<NotificationQueued> NOTIFICATION_QUEUED =
      new Event<>("notification.queued", NotificationQueued.class);

  /** A change of a school's roster, hours or time zone was committed. */
  public static final Event<RosterChanged> ROSTER_CHANGED =
      new Event<>("roster.changed", RosterChanged.class);

  /** A file with a school's roster was read, checked or written a little further. */
  public static final Event<ImportProgress> IMPORT_PROGRESSED =
      new Event<>("import.progressed", ImportProgress.class);

  /** A kiosk's heartbeat was committed. */
  public static final Event<DeviceReported> DEVICE_REPORTED =
      new Event<>("device.reported", DeviceReported.class);

  private static final String CLIENT_SCHOOL = "client.school.";

  private Addresses() {}

  /** Where a school's dashboards listen; outbound only. */
  public static String clientSchool(java.util.UUID schoolId) {
    return CLIENT_SCHOOL + schoolId;
  }
}
