//! The steps of the schema.

/// A step of the schema: the name of its file, and what it does.
pub type Migration = (&'static str, &'static str);

macro_rules! migrations {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../../migrations/", $name, ".sql")))),*] };
}

/// In the order in which they are applied, each once, by name.
pub const MIGRATIONS: &[Migration] = migrations![
    "0001_start",
    "0040_preferences",
    "0050_clients",
    "0060_mail",
    "0070_people",
    "0080_approval",
    "0090_device_key",
    "0091_checkpoint",
    "0095_household",
    "0100_import",
    "0101_bulk",
    "0102_season",
    "0110_mail_text",
    "0111_outbox",
    "0112_mail_server",
    "0120_templates",
    "0130_portal",
    "0131_advisors",
    "0132_standing",
    "0140_device_key_alarm",
    "0150_people_events",
];

/// Data folders from before names were noted know only how many of these they
/// have, in this order.
pub const COUNTED: [&str; 8] = [
    "0001_start",
    "0040_preferences",
    "0050_clients",
    "0060_mail",
    "0070_people",
    "0080_approval",
    "0095_household",
    "0120_templates",
];
