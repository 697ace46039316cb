"""The frontier: every address to fetch, in SQLite, so that a crawl that is killed loses nothing and doubles nothing.

A row of ``frontier`` is one address of one of three kinds: ``listing`` (a feed, sitemap or page of links, polled at an
interval of its own), ``page`` (a further page of a listing, fetched when the one before it had news) and ``article``.

========== ==========================================================================================
waiting    to be fetched, at ``next_due`` at the earliest
leased     taken by the run ``lease_owner``; waiting again when that run has ended or ``lease_until`` is past
done       fetched; ``next_due`` is when it is looked at again, null is never
duplicate  the same article as another row; not asked for again
skipped    answered twice, and no article in it
moved      301 or 308: ``moved_to`` has a row of its own
gone       404 or 410, or a page that says so, twice
forbidden  by robots.txt, several times
refused    a private address, a login, or no http
failed     given up after several attempts; ``cause`` says why
========== ==========================================================================================

``visits`` holds the rules (pure functions of time), ``rows`` the SQL, ``hosts`` what the sources on one host share,
``scheduler`` hands leased rows to Scrapy.
"""
