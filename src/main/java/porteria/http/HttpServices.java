package porteria.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.redis.client.Redis;
import java.time.InstantSource;
import java.util.List;
import porteria.bus.Bus;
import porteria.config.Settings;
import porteria.device.DeviceRecords;
import porteria.device.DeviceService;
import porteria.device.EnrolmentService;
import porteria.identity.AccessTokens;
import porteria.identity.SchoolDirectory;
import porteria.identity.SessionService;
import porteria.identity.StaffService;
import porteria.photo.PhotoService;

/**
 * What the door leads to.
 *
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
    PhotoService photos,
    StaffService staff,
    SessionService sessions,
    SchoolDirectory schools,
    AccessTokens tokens,
    PrometheusMeterRegistry meters,
    List<Probe> probes,
    String version) {}
