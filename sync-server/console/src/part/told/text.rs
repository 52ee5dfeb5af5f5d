//! What administrators and people are told by mail of changes to who gets in.

ui::texts! {
    /// Changes to who gets in, each as a sentence without a full stop.
    WaysIn {
        invited(name: &str, role: &str): "{name} is uitgenodigd ({role})", "{name} was invited ({role})";
        role(name: &str, role: &str): "{name} heeft nu de rol {role}", "{name} now has the role {role}";
        address(name: &str, address: &str): "Het e-mailadres van {name} is nu {address}", "The e-mail address of {name} is now {address}";
        unblocked(name: &str): "{name} heeft weer toegang", "{name} has access again";
        renewed(name: &str): "De toegang van {name} wordt vernieuwd", "The access of {name} is being renewed";
        mail_server(host: &str): "Mails gaan voortaan via {host}", "Mails now go by way of {host}";
        no_mail_server: "Mails gaan weer via de mailserver van het portaal", "Mails go by the portal’s own mail server again";
        mail_key: "De handtekening onder mails is gewijzigd", "The signature under mails was changed";
        audit_log: "Het auditlog is gedownload", "The audit log was downloaded";
        your_access: "U heeft weer toegang tot het portaal", "You have access to the portal again";
        you_approve: "U kunt in het portaal invullen en akkoord geven", "In the portal you can fill in and approve";
        you_fill_in: "U kunt in het portaal invullen, en geen akkoord geven", "In the portal you can fill in, and not approve";
        you_read: "U kunt in het portaal meelezen, en niets invullen", "In the portal you can read, and fill in nothing";
    }
}
