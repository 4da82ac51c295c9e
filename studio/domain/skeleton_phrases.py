"""What words say about a body: phrases of pose sentences and the joint angles they stand for.

Angles are written as in TOML. One-sided phrases are written for the right side, and for movement towards the right of
the picture; the guesser mirrors them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Angles = dict[str, Any]


class Phrase(NamedTuple):
    """A pattern in small letters, what it is called when the guess is explained, and its angles."""

    pattern: str
    name: str
    angles: Angles
    sided: bool = False


def _arms(**angles: object) -> Angles:
    return {"left_arm": dict(angles), "right_arm": dict(angles)}


def _legs(**angles: object) -> Angles:
    return {"left_leg": dict(angles), "right_leg": dict(angles)}


_RUN: Angles = {
    "turn": 56, "lean": 16, "twist": 14, "head": {"nod": -8, "look": -10},
    "left_arm": {"lift": 58, "front": -72, "bend": 92, "hand": "fist"},
    "right_arm": {"lift": 52, "front": 84, "bend": 96, "hand": "fist"},
    "left_leg": {"lift": 72, "bend": 82, "point": 10}, "right_leg": {"lift": -26, "bend": 66, "point": 42},
    "rise": 0.03,
}  # fmt: skip
_WALK: Angles = {
    "turn": 56, "lean": 4, "twist": 10, "left_arm": {"lift": 30, "front": -80, "bend": 14},
    "right_arm": {"lift": 32, "front": 84, "bend": 30},
    "left_leg": {"lift": 30, "bend": 4, "point": -14}, "right_leg": {"lift": -24, "bend": 16, "point": 22},
}  # fmt: skip
_CROSS_LEGGED = {"lift": 83, "front": 44, "twist": 118, "bend": 124, "point": 36}
_CROSSED_ARMS = {"lift": 31, "front": 64, "twist": -65, "bend": 109}
_ON_HIP = {"lift": 48, "front": -10, "twist": -72, "bend": 94}
_GUARD = {"lift": 40, "front": 60, "bend": 118, "hand": "fist"}

BODIES: tuple[Phrase, ...] = (
    Phrase(r"flying kick|jump(ing)? kick|kick\w* .{0,20}\b(mid-?air|in the air)", "flying kick", {
        "turn": 64, "pitch": -24, "lean": 14, "rise": 0.3, "left_arm": dict(_GUARD), "right_arm": dict(_GUARD),
        "left_leg": {"lift": 70, "front": 70, "bend": 126, "point": 34}, "right_leg": {"lift": 112, "front": 92,
        "point": -8},
    }),
    Phrase(r"\bkick", "kick", {
        "turn": -8, "bend": -34, "head": {"look": 20, "tilt": 16}, "left_arm": dict(_GUARD), "right_arm": dict(_GUARD),
        "left_leg": {"lift": 96, "front": 8, "bend": 4, "point": 20}, "right_leg": {"lift": 8, "front": 0, "bend": 10,
        "twist": 34},
    }),
    Phrase(r"\bpunch|\bjab\b|uppercut|boxing", "punch", {
        "turn": 66, "lean": 14, "twist": 26, "left_arm": {"lift": 26, "front": -60, "bend": 108, "hand": "fist"},
        "right_arm": {"lift": 92, "front": 92, "bend": 2, "hand": "fist"},
        "left_leg": {"lift": 40, "bend": 44}, "right_leg": {"lift": -34, "front": 80, "bend": 8, "point": 10},
    }),
    Phrase(r"\blung", "lunge", {
        "turn": 70, "lean": 20, "left_arm": {"lift": 60, "front": -40}, "right_arm": {"lift": 84, "front": 88,
        "bend": 4},
        "left_leg": {"lift": -46, "bend": 4, "point": 14}, "right_leg": {"lift": 78, "bend": 82},
    }),
    Phrase(r"\bfight|combat|battle|guard stance|martial", "fighting stance", {
        "turn": 34, "lean": 8, "twist": -14, "left_arm": {"lift": 46, "front": 66, "bend": 108, "hand": "fist"},
        "right_arm": dict(_GUARD), "left_leg": {"lift": 34, "front": 64, "bend": 34},
        "right_leg": {"lift": 22, "front": -40, "bend": 26, "twist": 24},
    }),
    Phrase(r"\b(run|runs|running|sprint\w*|jog\w*|dash\w*|racing|charging)\b", "running", _RUN),
    Phrase(r"\bsneak|tiptoe|creep", "sneaking", {
        "turn": 60, "lean": 28, "head": {"nod": -16}, "left_arm": {"lift": 44, "front": 74, "bend": 100},
        "right_arm": {"lift": 60, "front": 78, "bend": 88}, "left_leg": {"lift": 10, "bend": 52, "point": 30},
        "right_leg": {"lift": 70, "bend": 82, "point": 32},
    }),
    Phrase(r"\b(walk|stroll|stride|striding|march|strut|stepp?ing)\w*", "walking", _WALK),
    Phrase(r"\b(jump|leap|hop|bounc|skipp)\w*|mid-?air|in the air", "jumping", {
        "turn": 14, "lean": -4, "rise": 0.22, **_arms(lift=146, front=14, bend=18, hand="open"),
        "left_leg": {"lift": 40, "front": 34, "bend": 100, "point": 40}, "right_leg": {"lift": 44, "front": 44,
        "bend": 106, "point": 40},
    }),
    Phrase(r"\b(fly|flies|flying|soaring|hovering|floating)\b", "flying", {
        "turn": 62, "pitch": 70, "lean": -12, "rise": 0.34, "head": {"nod": -44},
        "left_arm": {"lift": 172, "front": 40, "bend": 2, "hand": "fist"}, "right_arm": {"lift": 14, "front": -30,
        "bend": 16},
        "left_leg": {"lift": -3, "point": 54}, "right_leg": {"lift": 18, "bend": 44, "point": 54},
    }),
    Phrase(r"\b(fall|falling|falls|tumbl\w*|plummet\w*)\b", "falling", {
        "turn": 68, "pitch": -62, "lean": 26, "rise": 0.3, **_arms(lift=98, front=68, bend=24, hand="open"),
        "left_leg": {"lift": 58, "bend": 34, "point": 30}, "right_leg": {"lift": 26, "bend": 52, "point": 34},
    }),
    Phrase(r"\bclimb", "climbing", {
        "turn": 166, "head": {"nod": -22}, "left_arm": {"lift": 172, "front": 30, "hand": "fist"},
        "right_arm": {"lift": 112, "front": 40, "twist": 20, "bend": 92, "hand": "fist"}, "rise": 0.08,
        "left_leg": {"lift": 6, "front": 0, "point": 38}, "right_leg": {"lift": 84, "front": 30, "bend": 104,
        "point": 24},
    }),
    Phrase(r"handstand|upside[- ]down|cartwheel", "handstand", {
        "turn": 24, "roll": 180, **_arms(lift=172, front=0, bend=2, hand="open"),
        "left_leg": {"lift": 34, "front": 10, "point": 50}, "right_leg": {"lift": 26, "front": 40, "bend": 44,
        "point": 50},
    }),
    Phrase(r"\bcrawl|on all fours|hands and knees", "crawling", {
        "turn": 72, "pitch": 80, "head": {"nod": -52}, "left_arm": {"lift": 98, "front": 86, "bend": 4, "hand": "open"},
        "right_arm": {"lift": 72, "front": 86, "bend": 4, "hand": "open"},
        "left_leg": {"lift": 72, "bend": 84, "point": 50}, "right_leg": {"lift": 100, "bend": 96, "point": 50},
    }),
    Phrase(r"cross-?legged|lotus|meditat", "sitting cross-legged", {
        "turn": 6, "elevation": 14, **_arms(lift=34, front=38, bend=30, twist=-20),
        "left_leg": dict(_CROSS_LEGGED), "right_leg": dict(_CROSS_LEGGED),
    }),
    Phrase(r"(sit|seated)\w* .{0,24}\b(floor|ground|grass|sand)\b", "sitting on the floor", {
        "turn": 62, "lean": -20, **_arms(lift=24, front=-76, bend=4, hand="open"),
        "left_leg": {"lift": 88, "bend": 2, "point": 12}, "right_leg": {"lift": 116, "front": 84, "bend": 72},
    }),
    Phrase(r"\b(sit|sits|sitting|seated|sat)\b|on a (chair|stool|bench|throne|sofa|couch)", "sitting", {
        "turn": 36, "prop": "seat", **_arms(lift=26, front=68, twist=-12, bend=50), **_legs(lift=88, bend=87),
    }),
    Phrase(r"one knee|\bpropos(ing|es)\b", "kneeling on one knee", {
        "turn": 44, "right_arm": {"lift": 54, "front": 84, "bend": 34},
        "left_leg": {"lift": 2, "bend": 92, "point": 24}, "right_leg": {"lift": 88, "bend": 88},
    }),
    Phrase(r"\bkneel|\bon (both|her|his|their) knees|pray", "kneeling", {
        "turn": 40, **_arms(lift=24, front=70, twist=-40, bend=54), **_legs(lift=66, front=84, bend=152, point=64),
    }),
    Phrase(r"\b(crouch|squat|duck)\w*", "crouching", {
        "turn": 30, "lean": 34, "head": {"nod": -26}, **_arms(lift=46, front=70, bend=54, twist=-20),
        **_legs(lift=112, front=50, bend=134),
    }),
    Phrase(r"(lying|lies|lie|laying|prone)\b.{0,24}\b(stomach|belly|front|face down)\b|\bprone\b", "lying face down", {
        "turn": 56, "pitch": 88, "lean": -34, "elevation": 18, "head": {"nod": -46}, **_arms(lift=74, front=84,
        twist=-12, bend=118),
        **_legs(lift=-2, bend=84, point=44),
    }),
    Phrase(r"sleep|asleep|curled up|foetal|fetal|napping", "sleeping on one side", {
        "turn": -6, "roll": 90, "lean": 22, "elevation": 34, "head": {"nod": 20, "mood": "tired"},
        **_arms(lift=58, front=84, twist=-16, bend=126), **_legs(lift=70, bend=90, point=40),
    }),
    Phrase(r"\b(lying|lies|lie|laying|reclin\w*|sprawl\w*)\b", "lying on the back", {
        "turn": 66, "pitch": -90, "elevation": 26, "head": {"nod": 8}, "left_arm": {"lift": 30},
        "right_arm": {"lift": 30},
        "left_leg": {"lift": 2, "point": 40}, "right_leg": {"lift": 52, "bend": 98, "point": 24},
    }),
    Phrase(r"\bdanc|ballet|pirouette|twirl", "dancing", {
        "turn": -14, "sway": 12, "bend": 12, "twist": 16, "head": {"tilt": -12},
        "left_arm": {"lift": 152, "front": 10, "bend": 52, "twist": 40, "hand": "open"},
        "right_arm": {"lift": 74, "front": 10, "bend": 34, "twist": -30, "hand": "open"},
        "left_leg": {"lift": 3, "front": 0}, "right_leg": {"lift": 30, "front": 116, "bend": 34, "point": 36},
    }),
    Phrase(r"\bbow(s|ing|ed)?\b(?! and arrow)|bending (over|forward)|bends over", "bowing", {
        "turn": 64, "lean": 62, **_arms(lift=62, front=88, bend=4), **_legs(lift=-6, bend=2),
    }),
    Phrase(r"one leg|balanc", "balancing on one leg", {
        "turn": 8, **_arms(lift=90, front=0, bend=8, hand="open"), "left_leg": {"lift": 1, "front": 0},
        "right_leg": {"lift": 92, "front": 62, "bend": 112, "point": 30},
    }),
    Phrase(r"\bpush(es|ing)?\b", "pushing", {
        "turn": 78, "lean": 36, **_arms(lift=88, front=88, bend=10, hand="open", wrist=-50),
        "left_leg": {"lift": 48, "bend": 64}, "right_leg": {"lift": -36, "bend": 8, "point": 24},
    }),
    Phrase(r"lean(s|ing)? (against|on) (a|the) wall|against (a|the) wall", "leaning on a wall", {
        "turn": 62, "pitch": -9, "prop": "wall", "left_leg": {"lift": 46, "bend": 96, "point": 8},
        "right_leg": {"lift": 17, "bend": 6},
    }),
    Phrase(r"hero|heroic|superhero|power pose|legs apart|feet apart|wide stance", "wide stance", {
        "turn": 18, "lean": -4, "left_leg": {"lift": 16, "front": 8, "twist": 16}, "right_leg": {"lift": 16,
        "front": 8, "twist": 16},
    }),
    Phrase(r"attention|rigid", "standing at attention", {"lean": -3, **_arms(lift=2, front=0, bend=0),
        **_legs(lift=-2, front=0)}),
    Phrase(r"\b(stand|stands|standing|upright|idle|pose|posing)\b", "standing", {
        "turn": 16, "left_leg": {"lift": 5, "front": 0}, "right_leg": {"lift": 10, "front": 30, "bend": 8},
    }),
)  # fmt: skip
"""What the whole body does; the first that matches is taken."""

ARMS: tuple[Phrase, ...] = (
    Phrase(r"arms? (are )?(crossed|folded)|(crossed|folded|crossing|folding) (\w+ )?arms", "arms crossed", {
        "left_arm": dict(_CROSSED_ARMS), "right_arm": {**_CROSSED_ARMS, "lift": 27},
    }),
    Phrase(r"hands? on (the |her |his |their |both )?hips|akimbo", "hands on hips", {"left_arm": dict(_ON_HIP),
        "right_arm": dict(_ON_HIP)}),
    Phrase(r"hand on (one |the |her |his |their )?hip\b", "hand on hip", {"right_arm": dict(_ON_HIP)}, True),
    Phrase(r"(both )?(arms|hands|fists) (are )?(raised|up|in the air|overhead|held high|thrown up)"
           r"|cheer|victor|celebrat", "arms raised",
           _arms(lift=158, front=12, bend=14)),
    Phrase(r"arms? (spread|wide|outstretched|stretched out|out)|t-?pose|open arms", "arms spread", _arms(lift=88,
        front=4, bend=6, hand="open")),
    Phrase(r"(hands|arms) behind (the |her |his |their )?(back)", "hands behind the back", _arms(lift=24, front=-62,
        twist=-70, bend=58)),
    Phrase(r"(hands|arms) behind (the |her |his |their )?head", "hands behind the head", _arms(lift=122, front=4,
        twist=40, bend=138)),
    Phrase(r"hands? in (the |her |his |their )?pockets?", "hands in pockets", _arms(lift=26, front=-6, twist=-40,
        bend=38)),
    Phrase(r"facepalm|head in (both )?(her |his |their )?hands|hands? over (the |her |his |their )?(face|eyes)",
        "hands at the face",
           _arms(lift=80, front=74, twist=-8, bend=138, hand="open")),
    Phrase(r"\bread(s|ing)?\b|\bbook\b", "reading", _arms(lift=34, front=78, bend=74, twist=-12,
        hold="book") | {"head": {"nod": 24}}),
    Phrase(r"carry(ing)? (a |an |the )?(\w+ ){0,2}(box|crate|parcel|package)", "carrying a box", _arms(lift=36,
        front=84, bend=66, hold="box")),
    Phrase(r"\btyp(es|ing)\b|keyboard|laptop|computer", "typing", _arms(lift=32, front=86,
        bend=66) | {"head": {"nod": 10}}),
    Phrase(r"\bwav(e|es|ing)\b", "waving", {"right_arm": {"lift": 104, "front": 12, "twist": 84, "bend": 62,
        "hand": "open", "palm": 90}}, True),
    Phrase(r"point(s|ing)? (straight )?(at|to|towards) (the )?(viewer|camera|you)", "pointing at the viewer",
           {"right_arm": {"lift": 88, "front": 84, "bend": 3, "hand": "point"}}, True),
    Phrase(r"\bpoint(s|ing)?\b(?! of)", "pointing", {"left_arm": {"lift": 92, "front": 8, "bend": 2, "hand": "point"},
        "head": {"look": 40}}),
    Phrase(r"thumbs?[- ]up", "thumb up", {"right_arm": {"lift": 44, "front": 66, "bend": 92, "twist": 14,
        "hand": "thumb"}}, True),
    Phrase(r"peace sign|two fingers|v[- ]sign", "peace sign", {"right_arm": {"lift": 46, "front": 36, "twist": 22,
        "bend": 128, "hand": "peace", "palm": 70}}, True),
    Phrase(r"\bsalut", "saluting", {"right_arm": {"lift": 84, "front": 26, "twist": 44, "bend": 132, "hand": "open"}},
        True),
    Phrase(r"\bphone\b|\bcall(s|ing)\b", "on the phone", {"right_arm": {"lift": 46, "front": 30, "twist": 26,
        "bend": 142, "hold": "phone"}}, True),
    Phrase(r"\bdrink|\bcup\b|\bmug\b|coffee|\btea\b", "with a cup", {"right_arm": {"lift": 62, "front": 68,
        "twist": -14, "bend": 116, "hold": "cup"}}, True),
    Phrase(r"\bthink|ponder|hand (on|at|to) (the |her |his |their )?chin", "hand at the chin",
           {"right_arm": {"lift": 38, "front": 76, "twist": -16, "bend": 132}, "left_arm": {"lift": 28, "front": 62,
               "twist": -62, "bend": 96}}),
    Phrase(r"\bshrug", "shrugging", _arms(lift=34, front=12, twist=62, bend=96, hand="open", palm=60, shrug=22)),
    Phrase(r"\bthrow|\bhurl|\btoss", "throwing", {"twist": -30, "left_arm": {"lift": 94, "front": 34, "hand": "open"},
           "right_arm": {"lift": 104, "front": -14, "twist": 66, "bend": 96, "hold": "ball"}}),
    Phrase(r"\b(sword|katana|blade|weapon|axe|spear|staff)\b.{0,30}\b(raised|overhead|high|up)\b"
           r"|rais\w+ .{0,16}(sword|katana|blade|weapon|axe)", "weapon raised",
           {"right_arm": {"lift": 152, "front": 34, "bend": 28, "hold": "weapon"}}, True),
    Phrase(r"\b(swing|slash|hold|wield|draw|brandish|with|grip)\w*( \w+){0,3}"
           r" (sword|katana|blade|weapon|axe|spear|staff)\b", "weapon in hand",
           {"right_arm": {"lift": 62, "front": 74, "bend": 34, "hold": "weapon"}}, True),
    Phrase(r"\baim(s|ing)?\b|\b(gun|pistol|rifle)\b", "aiming", {"left_arm": {"lift": 88, "front": 106, "bend": 6},
        "right_arm": {"lift": 88, "front": 106, "bend": 6, "hold": "weapon"}}),
    Phrase(r"\breach(es|ing)? (up|for|out)|(arm|hand) (raised|up|in the air)"
           r"|rais\w+ (an?|one|the|her|his|their)?\s?(left |right )?(arm|hand|fist)", "one arm raised",
           {"right_arm": {"lift": 166, "front": 20, "bend": 6, "hand": "open"}}, True),
    Phrase(r"\b(offer|present|show|gestur)\w*", "presenting", {"right_arm": {"lift": 66, "front": 22, "bend": 34,
        "twist": 40, "hand": "open", "palm": 80}}, True),
    Phrase(r"\bclap|\bpray|hands (together|clasped|folded)", "hands together", _arms(lift=40, front=76, twist=-22,
        bend=112)),
)  # fmt: skip
"""What arms and hands do; all that match are put on, the first having the last word."""

HEADS: tuple[Phrase, ...] = (
    Phrase(r"look(s|ing)? up|gaz\w+ up|head (thrown |tipped )?back|chin (up|raised|high)", "looking up",
        {"head": {"nod": -26}}),
    Phrase(r"look(s|ing)? down|head (down|bowed|lowered|hanging)|bowed head", "looking down", {"head": {"nod": 28}}),
    Phrase(r"over (the |her |his |their |one )?shoulder", "looking over the shoulder", {"turn": 158, "twist": -22,
        "head": {"look": -72}}),
    Phrase(r"happy|smil|laugh|joy|cheer|grin|friendly|excited", "happy", {"head": {"mood": "happy"}}),
    Phrase(r"\bsad\b|cry|tears|depress|sorrow|disappoint|lonely", "sad", {"lean": 14, "head": {"nod": 30,
        "mood": "sad"}}),
    Phrase(r"angr|furious|rage|fierce|shout|yell", "angry", {"lean": 10, "head": {"mood": "angry"}}),
    Phrase(r"surpris|shock|amaz|astonish|scared|afraid|fear|terrif", "surprised", {"head": {"mood": "surprised"}}),
    Phrase(r"tired|exhaust|weary|yawn", "tired", {"lean": 14, "head": {"nod": 16, "mood": "tired"}}),
)  # fmt: skip
"""What head and face do; all that match are put on."""

VIEWS: tuple[Phrase, ...] = (
    Phrase(r"three[- ]quarter (back|rear)|(back|rear) three[- ]quarter", "three-quarter back view", {"turn": 140}),
    Phrase(r"three[- ]quarter|3/4", "three-quarter view", {"turn": 40}),
    Phrase(r"(back|rear) view|from (behind|the back)|view from behind|back to (the )?(viewer|camera)|facing away",
        "back view", {"turn": 180}),
    Phrase(r"side view|in profile|profile view|from the side|\bprofile\b", "side view", {"turn": 90}),
    Phrase(r"front view|from the front|facing (the )?(viewer|camera|front|us)|frontal", "front view", {"turn": 0}),
    Phrase(r"from above|bird'?s[- ]eye|high angle|top view", "from above", {"elevation": 42}),
    Phrase(r"from below|low angle|worm'?s[- ]eye", "from below", {"elevation": -16}),
)  # fmt: skip
"""Where the viewer stands; all that match are put on, the first having the last word."""
