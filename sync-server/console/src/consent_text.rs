//! The texts about unusual approvals: those that await a ruling, were withdrawn, were given on
//! paper, or have to be given in an order.

ui::texts! {
    /// Texts beside one person's approval of a revision.
    Ruling {
        ruling_needed_title: "Besluit nodig", "A decision is needed";
        ruling_needed_body: "De handtekening past, maar de passkey was ingetrokken voordat dit akkoord binnenkwam, of de login werd hersteld. Vraag de klant of dit akkoord van hem of haar is.",
            "The signature fits, but the passkey was revoked before this approval came in, or the login was being recovered. Ask the client whether this approval is theirs.";
        remark: "Hoe u dat heeft nagegaan", "How you made sure";
        release: "Neem het akkoord over", "Take the approval over";
        refuse: "Weiger het akkoord", "Refuse the approval";
        ruled: "Besluit", "Decision";
        released(by: &str, when: &str): "Overgenomen door {by}, {when}", "Taken over by {by}, {when}";
        refused(by: &str, when: &str): "Geweigerd door {by}, {when}", "Refused by {by}, {when}";
        withdrawn: "Ingetrokken", "Taken back";
        turn: "Volgorde", "Order";
        waits_for(name: &str): "Is aan de beurt na {name}", "Is asked after {name}";
        paper: "Op papier", "On paper";
        paper_value(day: &str, by: &str): "Getekend op {day}, vastgelegd door {by}. Geen digitale handtekening.", "Signed on {day}, recorded by {by}. No digital signature.";
        scan: "Bekijk de scan", "View the scan";
        paper_record: "Leg een akkoord op papier vast", "Record an approval on paper";
        paper_hint: "Een PDF van de ondertekende verklaring. Overal staat erbij dat dit akkoord op papier is gegeven.", "A PDF of the signed statement. It is marked everywhere as given on paper.";
        paper_file: "Scan (PDF)", "Scan (PDF)";
        paper_day: "Datum bij de handtekening", "Date beside the signature";
        paper_save: "Leg vast", "Record";
        paper_missing: "Kies een PDF en vul de datum in.", "Choose a PDF and fill in the date.";
        turns: "Wie geeft wanneer akkoord", "Who approves when";
        turns_parallel: "Iedereen, in willekeurige volgorde", "Everybody, in any order";
        turns_order: "Op volgorde: de eerste eerst", "In order: the first one first";
        turns_information: "Niemand: alleen ter informatie", "Nobody: for information only";
        information: "Ter informatie", "For information";
    }
}
