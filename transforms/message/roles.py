"""Local parts that name a role and no person; as words they say nothing of who received a message."""

_WORDS = """
abonnement abuse-desk account accounting accounts administrator admission admissions adverts advertise advertising
anonymous archive article articles auction auctions banking billing booking bookings business candidate career
careers catalog central clients college comment comments commerce company complaints computer concierge conference
contact contactus content corporate courses customer customers customerservice delivery department design designer
developer development director directors discount domain domains download editor editorial education emails
employment engineering enquiries enquiry events example exchange executive export express failure family feedback
finance financial florist foundation friend friends gallery gardens general giveaway global graphics groups health
helpdesk history holiday hosting hostmaster hotel hotels import information inquiries inquiry insurance interest
international internet invest investor investors invoice invoices legal letters library license listserv listing
loans lottery magazine mailbox mailer mailer-daemon mailing maintenance management manager managers market marketing
master medical member members membership message messages mobile mortgage network networks newsletter newsletters
nobody noreply no-reply notice number office offices online operations operator opportunity orders partner partners
payment payments payroll people personal pharmacy photos physics planning please police policy postmaster postoffice
prepress president presse printing privacy private product production products program projects promotion
promotions property publisher publishing purchase purchasing quality question questions reception recruit
recruiting recruitment register registration rental rentals reporter request research reservation reservations
resume resumes reviews router safety sample school science secretary secure security seminar server service
services shipping shopping social software special sponsor staffing station store student students studio
subscribe subscription subscriptions supplier supply support survey system systems teacher technical technology
telecom tenders tickets tourism trading traffic training transport travel treasurer undisclosed unsubscribe update
updates upload vendor version video videos volunteer warehouse webadmin webmail webmaster website wedding weekly
welcome wholesale window windows winner winners women workshop
"""
ROLES = frozenset(_WORDS.split())
