//! The texts of the page about the approval of a tax return.

ui::texts! {
    /// Texts about the approval of the tax return and its evidence.
    Consent {
        title(name: &str, number: u32): "{name}, versie {number}", "{name}, revision {number}";
        capacity: "Als", "As";
        view_pdf: "Bekijk PDF", "View PDF";
        none: "Er staat nog geen aangifte klaar.", "No tax return has been set out yet.";
        asked: "Gevraagd", "Asked";
        opened: "Geopend", "Opened";
        not_opened: "Nog niet", "Not yet";
        signed: "Getekend", "Signed";
        received: "Ontvangen", "Received";
        outcome: "Uitkomst", "Outcome";
        device: "Apparaat", "Device";
        passkey: "passkey", "passkey";
        document: "Document", "Document";
        statement: "Verklaring", "Statement";
        signature: "Handtekening", "Signature";
        reason: "Reden", "Reason";
        said_at: "Gezegd", "Said";
        state_asked: "Gevraagd", "Asked";
        state_signed: "Wordt gecontroleerd", "Being checked";
        state_approved: "Akkoord", "Approved";
        state_declined: "Niet akkoord", "Declined";
        state_not_accepted: "Niet geldig", "Not valid";
        verified: "Gecontroleerd en geldig", "Checked and valid";
        checking: "De server controleert de handtekening", "The server is checking the signature";
        outdated: "Kwam binnen na een nieuwere versie", "Came in after a newer revision";
        not_asked: "Niet gevraagd, of al eerder gegeven", "Not asked, or given before";
        unknown_passkey: "Passkey is niet van deze persoon", "Passkey is not this person's";
        awaiting_ruling: "Wacht op uw besluit: de passkey was ingetrokken of de login werd hersteld", "Waits for your decision: the passkey was revoked or the login was being recovered";
        recalled: "Kwam binnen nadat u dit had teruggehaald", "Came in after you had taken this back";
        not_yet: "Te vroeg: iemand anders tekent eerst", "Too early: somebody else signs first";
        unread: "Het stuk was nog niet op een scherm van deze persoon", "It was not on a screen of this person yet";
        invalid: "Handtekening past niet bij dit document", "Signature does not fit this document";
        evidence: "Technisch bewijs", "Technical evidence";
        earlier: "Eerdere versies", "Earlier revisions";
        revision(number: u32): "Versie {number}", "Revision {number}";
        replaced(at: &str): "Vervangen {at}: wat hierover is gezegd, geldt niet meer", "Replaced {at}: what was said of it no longer counts";
        said_approved(name: &str, at: &str): "{name} gaf akkoord, {at}", "{name} approved, {at}";
        said_declined(name: &str, reason: &str): "{name}: “{reason}”", "{name}: “{reason}”";
        said_nothing: "Niemand had gereageerd", "Nobody had answered";
        expired: "Vervallen", "Voided";
        filed(at: &str): "Verstuurd aan de Belastingdienst, {at}", "Filed with the tax authority, {at}";
        file: "Markeer als verstuurd", "Mark as filed";
        not_approved: "Nog niet iedereen is akkoord met deze versie. Er is niets veranderd.", "Not everybody has approved this revision. Nothing changed.";
        no_such_revision: "Deze versie is vervangen of teruggehaald, of bestaat niet. Er is niets veranderd.", "This revision was replaced or taken back, or does not exist. Nothing changed.";
        figures: "Kerncijfers", "Key figures";
        upload_first: "Aangifte klaarzetten", "Set out the tax return";
        upload_next(number: u32): "Versie {number} klaarzetten", "Set out revision {number}";
        upload_warning(number: u32): "Versie {number} vervalt dan, met wat erover is gezegd. De klant krijgt daar bericht van.", "Revision {number} is then void, with what was said of it. The client is told so.";
        file_field: "PDF van de aangifte", "PDF of the tax return";
        kind: "Soort", "Kind";
        outcome_of(name: &str): "Uitkomst voor {name}", "Outcome for {name}";
        to_receive: "Krijgt terug", "Gets back";
        to_pay: "Moet betalen", "Has to pay";
        figure: "Cijfer", "Figure";
        this_year: "Dit jaar", "This year";
        last_year: "Vorig jaar", "Last year";
        figure_hint: "De belangrijkste bedragen, naast die van vorig jaar. Lege regels blijven weg.", "The main amounts beside last year's. Empty rows are left out.";
        ask: "Vraag akkoord en mail", "Ask for approval and mail";
        file_missing: "Kies de PDF van de aangifte.", "Choose the PDF of the tax return.";
        kind_malformed: "Kies een soort.", "Choose a kind.";
        amount_of_nobody: "Dit bedrag hoort niet bij deze aangifte.", "This amount does not belong to this return.";
        amount_malformed: "Dit is geen bedrag. Voorbeeld: 1.284 of 1284,50", "This is not an amount. Example: 1.284 or 1284,50";
        figure_unnamed: "Zeg erbij wat dit is.", "Say what this is.";
        figure_empty: "Vul het bedrag van dit jaar in.", "Fill in this year's amount.";
        no_approver: "Niemand van deze klant mag akkoord geven.", "Nobody of this client may approve.";
        mails: "Laatste mails", "Latest mails";
        no_mails: "Er ging nog geen mail.", "No mail went yet.";
        to(address: &str): "aan {address}", "to {address}";
        mail_sent: "Verstuurd", "Sent";
        mail_waiting: "Wacht", "Waiting";
        mail_retrying(n: u32): "{n} poging, wordt herhaald" | "{n} pogingen, wordt herhaald", "{n} attempt, trying again" | "{n} attempts, trying again";
        mail_failed: "Niet bezorgd", "Not delivered";
        timeline: "Tijdlijn", "Time line";
        nothing_happened: "Nog niets gebeurd.", "Nothing has happened yet.";
    }
    /// Texts of the form with which a return is set out.
    SetOut {
        another: "Aangifte klaarzetten", "Set out a tax return";
        given(n: usize, all: usize): "{n} van {all} akkoord", "{n} of {all} approved";
        taxpayer: "Van", "Of";
        together(one: &str, other: &str): "{one} en {other} samen", "{one} and {other} together";
        company(name: &str): "{name} (bedrijf)", "{name} (company)";
        period: "Tijdvak", "Period";
        book_year: "Boekjaar: vul de dagen in", "Book year: fill in the days";
        day: "Eén dag: vul de eerste datum in", "One day: fill in the first date";
        from: "Eerste dag", "First day";
        until: "Laatste dag", "Last day";
        name: "Naam, bij een ander stuk", "Name, for another document";
        postponed_until: "Uitstel tot", "Postponed until";
        postponed(day: &str): "Uitstel tot {day}", "Postponed until {day}";
        further: "Is dit dezelfde aangifte als er al staat?", "Is this the same return as one that is there?";
        further_no: "Ja: een nieuwe versie", "Yes: a new version";
        further_yes: "Nee: nog een van hetzelfde tijdvak", "No: a further one of the same period";
        more: "Tijdvak met eigen dagen, uitstel, andere soort", "Period with days of its own, postponement, another kind";
        zvw(name: &str): "Bijdrage Zvw voor {name}", "Zvw contribution for {name}";
        other_amounts: "Bijdrage Zvw, of een uitkomst voor het bedrijf", "Zvw contribution, or a result for the company";
        outcome_hint: "Een bedrag dat u leeg laat, leest de klant in de aangifte zelf.", "An amount that you leave empty is read in the return itself.";
        asked_as(name: &str): "{name} geeft akkoord als", "{name} approves as";
        usual: "zoals gebruikelijk", "as usual";
        not_asked: "wordt niet gevraagd", "is not asked";
        turns_one: "Iedereen gevraagd, één is genoeg", "Everybody asked, one is enough";
        taxpayer_missing: "Kies van wie de aangifte is.", "Choose whose return it is.";
        period_missing: "Kies een tijdvak, of vul de dagen in.", "Choose a period, or fill in the days.";
        period_does_not_fit(kind: &str): "Dit tijdvak past niet bij een {kind}.", "This period does not fit: {kind}.";
        taxpayer_does_not_fit(kind: &str): "Een {kind} kan niet van deze belastingplichtige zijn.", "This taxpayer cannot have this: {kind}.";
        name_missing: "Geef dit stuk een naam.", "Give this document a name.";
        name_too_long: "Deze naam is te lang.", "This name is too long.";
        nobody_asked: "Kies ten minste één persoon die akkoord geeft of leest.", "Choose at least one person who approves or reads.";
        no_such_return: "Deze aangifte bestaat niet, of de keuzes passen niet bij elkaar.", "This return does not exist, or the choices do not fit each other.";
        other_year(year: i16): "Dit tijdvak hoort bij {year}. Zet de aangifte klaar in het dossier van dat jaar.", "This period belongs to {year}. Set the return out in the dossier of that year.";
        overlaps: "Er is al een aangifte over een tijdvak dat hiermee overlapt.", "There is a return over a period that overlaps this one.";
        approver_left: "Een van deze personen hoort niet meer bij dit huishouden of mag geen akkoord geven.", "One of these people is no longer of this household, or may not approve.";
        correction: "Correctie van een aangifte die al is verstuurd. Wat verstuurd is, blijft staan.", "Correction of a return that was filed. What was filed stays.";
        file_anyway: "Toch markeren als verstuurd", "Mark as filed all the same";
        file_reason: "Waarom zonder akkoord", "Why without approval";
        filed_without(reason: &str): "Zonder ieders akkoord: {reason}", "Without everybody's approval: {reason}";
        undo: "Maak ‘verstuurd’ ongedaan", "Undo ‘filed’";
        partner_open(name: &str): "De aangifte van {name} over hetzelfde tijdvak is nog niet akkoord. Partners dienen meestal samen in: kijk daarnaar voordat u verstuurt.",
            "The return of {name} over the same period is not approved yet. Partners usually file together: look at it before you file.";
        undo_hint: "De mail hierover vertrekt na tien minuten. Tot die tijd krijgt niemand bericht; daarna krijgt de klant een correctie.",
            "The mail about it leaves after ten minutes. Until then nobody hears of it; after that the client gets a correction.";
        refusal_beside(name: &str): "Van {name} is er een akkoord en ook een weigering. Kijk wat geldt voordat u verstuurt.", "There is an approval and also a refusal of {name}. See which counts before you file.";
    }
    /// Texts of standing consents.
    Standing {
        ask_title: "Vaste toestemming vragen", "Ask for standing consent";
        lead: "De klant tekent één keer. Daarna kunt u deze aangiften indienen zonder akkoord vooraf. De klant krijgt ze wel te lezen, en kan de toestemming intrekken.",
            "The client signs once. After that you can file these returns without prior approval. The client still gets them to read, and can withdraw the consent.";
        kinds: "Voor welke aangiften", "For which returns";
        kinds_missing: "Kies ten minste één soort.", "Choose at least one kind.";
        until: "Geldig tot en met", "Valid until";
        until_hint: "De laatste dag waarop u op grond hiervan indient.", "The last day on which you file by it.";
        until_wrong: "Kies een dag die nog komt, hooguit een jaar na afloop van dit belastingjaar.", "Choose a day to come, at most a year after the end of this tax year.";
        nobody_may: "Alleen deze persoon zelf of een wettelijk vertegenwoordiger kan hiervoor toestemming geven.", "Only this person or a legal representative can give this consent.";
        replaces: "Er is al een vaste toestemming. Een nieuwe komt meteen in de plaats: aangiften die op de oude rusten, vragen dan weer om akkoord.",
            "There is a standing consent already. A new one takes its place at once: returns that rest on the old one then need approval again.";
        who: "Wie geeft toestemming", "Who gives consent";
        button: "Vraag toestemming en mail", "Ask for consent and mail";
        turns: "Niemand: er is vaste toestemming", "Nobody: there is a standing consent";
        none: "Er is geen getekende vaste toestemming die deze aangifte dekt.", "No signed standing consent covers this return.";
        by_consent(until: &str): "Op grond van vaste toestemming, tot en met {until}", "By standing consent, until {until}";
        filed_by_consent: "Verstuurd op grond van vaste toestemming", "Filed by standing consent";
        over: "De vaste toestemming waarop deze aangifte rust, geldt niet meer: zij is ingetrokken, vervangen, teruggehaald of verlopen. Vraag alsnog akkoord met een nieuwe versie.",
            "The standing consent of this return no longer counts: it was withdrawn, replaced, taken back, or it ended. Ask for approval with a new version.";
        covers(kinds: &str, until: &str): "Voor {kinds}, tot en met {until}", "For {kinds}, until {until}";
        read(n: usize, all: usize): "{n} van {all} gelezen", "{n} of {all} read";
        state_read: "Gelezen", "Read";
        state_unread: "Nog niet gelezen", "Not read yet";
    }
    /// Texts of the document about a standing consent.
    ConsentPaper {
        title: "Vaste toestemming", "Standing consent";
        lead(firm: &str): "Met deze toestemming mag {firm} de stukken hieronder indienen zonder dat u ieder stuk vooraf goedkeurt.",
            "With this consent {firm} may file the documents below without your prior approval of each.";
        taxpayer: "Van", "Of";
        kinds: "Voor", "For";
        period: "Over", "Over";
        until: "Indienen tot en met", "To be filed until";
        read: "U krijgt ieder stuk te lezen in het portaal, en bericht als het is verstuurd.", "You get each document to read in the portal, and hear when it was filed.";
        withdraw: "U kunt deze toestemming op elk moment intrekken in het portaal. Wat dan al is verstuurd, blijft verstuurd.",
            "You can withdraw this consent at any time in the portal. What was filed by then stays filed.";
    }
    /// Texts of a statement that is signed with a pen.
    StatementPaper {
        title: "Verklaring om te ondertekenen", "Statement to be signed";
        lead(firm: &str): "Lees eerst het document dat bij deze verklaring hoort. Klopt het? Onderteken dan deze bladzijde en geef of stuur haar aan {firm}.",
            "Please read the document that belongs to this statement first. Is it right? Then sign this page and give or send it to {firm}.";
        statement: "Verklaring", "Statement";
        sign: "Ondertekening", "Signature";
        name: "Naam", "Name";
        date: "Datum", "Date";
        signature: "Handtekening", "Signature";
        document: "Het document", "The document";
        file: "Bestand", "File";
    }
    /// Texts of what is to be paid for a return that was filed.
    ToPay {
        title: "Geef door wat er te betalen is", "Pass on what is to be paid";
        change: "Wijzig wat er te betalen is", "Change what is to be paid";
        lead: "De klant krijgt een taak met bedrag, rekening, betalingskenmerk en een QR-code voor de bank, en herinneringen voor de laatste dag.",
            "The client gets a task with the amount, account, payment reference and a QR code for the bank, and reminders before the last day.";
        amount: "Te betalen", "To pay";
        due: "Uiterlijk op de rekening", "In the account by";
        reference_hint: "16 cijfers, mag leeg blijven", "16 digits, may stay empty";
        send: "Geef door aan de klant", "Pass on to the client";
        amount_missing: "Vul in wat er te betalen is, meer dan nul.", "Fill in what is to be paid, more than zero.";
        due_missing: "Vul de laatste dag in.", "Fill in the last day.";
        not_filed: "Deze aangifte is niet verstuurd of wordt niet op aangifte betaald.", "This return was not filed, or is not paid on filing.";
        told(amount: &str, due: &str): "€ {amount} te betalen voor {due}", "€ {amount} to pay by {due}";
        computed: "berekend kenmerk", "computed reference";
    }
    /// Texts about PDFs that are read before they are set out.
    Reading {
        drop: "Zet PDF's klaar", "Set out PDFs";
        drop_hint: "sleep ze hierheen; Akkoord leest van wie, welke soort en welk tijdvak ze zijn", "drop them here; Akkoord reads whose they are, which kind and which period";
        read: "Lees ze", "Read them";
        none_chosen: "Kies ten minste één PDF.", "Choose at least one PDF.";
        proposed: "Dit is gelezen in de PDF en zijn naam. Kijk het na; u kunt alles wijzigen.", "This was read in the PDF and its name. Check it; you can change everything.";
        not_clear: "Niet alles is te herkennen in deze PDF. Vul aan wat ontbreekt.", "Not everything is recognised in this PDF. Fill in what is missing.";
        after_this(n: usize): "Hierna volgt nog {n} PDF." | "Hierna volgen nog {n} PDF's.", "{n} PDF follows after this one." | "{n} PDFs follow after this one.";
        malformed(word: &str): "In deze PDF staat {word} waar een fiscaal nummer hoort. Dat nummer klopt niet.", "This PDF has {word} where a tax number belongs. That number is not right.";
        year_not_open(year: i16): "Het tijdvak hoort bij {year}, en dat jaar is bij deze klant nog niet geopend. Open het eerst, of wijzig het tijdvak.", "The period belongs to {year}, which is not open for this client yet. Open it first, or change the period.";
        is_there(title: &str): "{title} staat er al. Kies hieronder of dit een nieuwe versie is of een andere aangifte.", "{title} is there already. Choose below whether this is a new version or another return.";
        filled_from(title: &str): "De namen van bedragen en de cijfers van vorig jaar komen uit {title}.", "Names of amounts and last year's figures are from {title}.";
        result_was: "Toen:", "Then:";
        kept: "al ontvangen", "received already";
        other_client(kind: &str, number: &str, client: &str): "In deze PDF staat het {kind} {number} van een andere klant: {client}. Er is niets verstuurd.", "This PDF has the {kind} {number} of another client: {client}. Nothing was sent.";
        all_the_same: "Dit stuk hoort toch bij deze klant", "This document is of this client all the same";
    }
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
        paper_print: "Print de verklaring om te ondertekenen", "Print the statement to be signed";
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
    /// Texts about the level of a signature.
    Signed {
        device_key: "Sleutel van het apparaat", "Key of the device";
        device_key_note: "Getekend zonder passkey, met een sleutel die eerder met een passkey is gewaarmerkt.",
            "Signed without a passkey, with a key that a passkey certified beforehand.";
        confirmed: "Bevestigd met passkey", "Confirmed with a passkey";
        not_confirmed: "Nog niet. Het apparaat vraagt erom.", "Not yet. The device asks for it.";
        unknown_device_key: "Sleutel van het apparaat is niet gewaarmerkt", "Key of the device is not certified";
    }
}
