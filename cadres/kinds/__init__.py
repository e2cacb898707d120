"""The kinds of changes that decisions make, each a small class; registered when the app starts."""

from cadres.change_kinds import register
from cadres.kinds import merit, pay, posts, service

KINDS = (
    posts.Recruitment(), posts.Reception(), service.Probation(), service.EndOfProbation(),
    pay.Ranking(), posts.Election(), posts.Confirmed(), posts.PartyApproval(),
    posts.Designation(), posts.Recognition(), posts.Transfer(), posts.Rotation(),
    posts.Secondment(), posts.Concurrency(), posts.Leaving(), posts.Relief(), posts.Dismissal(),
    posts.Resignation(), pay.RegularRaise(), pay.EarlyRaise(), pay.OverFrame(),
    pay.DelayedRaise(), service.Study(), merit.Praise(), merit.Disciplined(),
    service.Suspension(), service.Retirement(), service.Quitting(), service.MovingAway(),
    service.Death(),
)  # fmt: skip

register(*KINDS)
