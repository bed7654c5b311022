package porteria.notification;

import porteria.domain.Channel;

/** One account at one provider, and how much of it may be used at once. */
record Sender(
    Channel channel,
    ChannelClient client,
    SendSlots slots,
    ProviderHealth health,
    SenderRate rate,
    RecipientAdmission recipients,
    SendingMeters meters) {}
