package porteria.http.door;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.redis.client.Redis;
import java.time.InstantSource;
import java.util.List;
import porteria.absence.Absences;
import porteria.audit.AuditLog;
import porteria.bus.Bus;
import porteria.config.Settings;
import porteria.device.DeviceRecords;
import porteria.device.DeviceService;
import porteria.device.EnrolmentService;
import porteria.domain.UnsubscribeTokens;
import porteria.identity.AccessTokens;
import porteria.identity.SchoolDirectory;
import porteria.identity.SecondFactor;
import porteria.identity.SessionService;
import porteria.identity.StaffAccounts;
import porteria.identity.StaffService;
import porteria.photo.PhotoService;
import porteria.roster.Roster;
import porteria.school.GateRecords;
import porteria.school.SchoolRecords;
import porteria.webhook.SnsResources;

/**
 * What the door leads to.
 *
 * @param amazon reaches what messages of SNS refer to
 * @param unsubscribing reads what mails' links to unsubscribe carry
 * @param probes the parts whose health is told
 * @param version of this server
 */
public record HttpServices(
    Settings settings,
    InstantSource clock,
    Bus bus,
    Redis redis,
    DeviceService devices,
    EnrolmentService enrolment,
    DeviceRecords deviceRecords,
    SchoolRecords school,
    GateRecords gates,
    Roster roster,
    CardServices cards,
    PhotoService photos,
    Absences absences,
    StaffService staff,
    StaffAccounts accounts,
    SecondFactor secondFactor,
    SessionService sessions,
    SchoolDirectory schools,
    AuditLog audit,
    ParentServices parents,
    SnsResources amazon,
    UnsubscribeTokens unsubscribing,
    AccessTokens tokens,
    PrometheusMeterRegistry meters,
    List<Probe> probes,
    String version) {}
