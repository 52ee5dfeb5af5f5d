//! The names of the tabs between the pages about the firm itself.

ui::texts! {
    /// Names of the tabs between the pages about the firm itself.
    FirmTabs {
        parts: "Onderdelen van uw kantoor", "Parts of your firm";
        look: "Uiterlijk", "Looks";
        advisors: "Adviseurs", "Advisors";
        audit_log: "Auditlog", "Audit log";
    }
}
