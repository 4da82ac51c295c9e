"""`studio --help`: the page an artist reads."""

from __future__ import annotations

from studio.domain.version import VERSION

PAGE = f"""\
Pose Studio {VERSION}: the same character in many poses.

  studio                       open the project in this folder
  studio DIR                   open the project in DIR; a new or empty one gets
                               the sample character Glitch
  studio new DIR               make a project without opening it
         --preset NAME         with another character than glitch

Draw without the screen
  studio estimate DIR          what the ticked poses would cost
         --compare             and with every other model, cheapest first
  studio render DIR            draw the ticked poses
         --pose NAME           this pose instead (may be repeated)
         --model ID            with this model (see studio models)
         --guidance X          how strictly the words are followed
         --steps N             how long each picture is worked on
         --size S              portrait_4_3, square_hd, 768x1024 ...
         --set NAME=VALUE      any other setting (studio models show ID)
         --seed N              the same seed gives the same picture; 1,2,3: a
                               take of each; next: the last one used + 1
         --takes N             pictures of each pose
         --draft               quick ones, to judge the composition
         --reference FILE      a picture for an edit model
         --guide HOW           tell the pose by words, skeleton or mannequin
         --dry-run             show what would be sent, and its price
         --as curl|python      with --dry-run: to be copied, without the key
         --again               buy a picture once more that is there already
         --pick                pick every picture that comes
         --max-cost USD        refuse a plan that costs more
         --yes                 do not ask about the price
  studio final DIR TAKE ...    drafts as finals: same seed, more steps
         --model ID            by another model
  studio edit DIR TAKE "..."   change a take by words, keep the character
         --model ID            by this model (--models lists those that edit)
         --reference FILE      what it is to look like (may be repeated)
         --mask FILE           what may change: white, or transparent
  studio pose DIR              a new pose out of a picture
         --from PICTURE        a skeleton, a photo of one person, or a take
         --name NAME           what it is called
  studio sweep DIR --x AXIS    a grid of pictures and its contact sheet
         --y AXIS              guidance=4:7:1.5, steps=10,20, seed=1:4,
                               model=A,B, lora=0.6,1, size=A,B, pose=A,B

The same character every time
  studio pack DIR              draw the character from every side
         --reference FILE      out of this picture (default: its references)
         --view VIEW           one more view: angry, left side, NAME=WORDS ...
         --write               make pack/ and its sheet of the picked views
  studio dataset DIR           pictures and captions for a LoRA, examined
         --trigger WORD        the word that stands for the character
         --leave-out NAME      without this picture (--take-back NAME)
  studio train DIR             train a LoRA on them; its price is asked first
         --trainer ID          flux-lora-fast-training, flux-2-trainer ...
         --steps N             how long to train
         --proof               the newest LoRA: 3 poses at 3 scales, a sheet

What you have
  studio takes DIR             every picture, with its verdict and its price
         --filter TEXT         words of the prompt, stars:>=3, pose:run,
                               verdict:picked, price:<0.1, date:today ...
         --sort HOW            newest, oldest, stars, price, pose
  studio compare DIR TAKE TAKE what sets takes apart, in words and pixels
         --picture FILE        write what differs as a picture
  studio picks DIR             what is picked, and the price per picked take
  studio pick DIR TAKE ...     keep these: they appear in picks/
  studio reject DIR TAKE ...   not these
  studio trash DIR TAKE ...    throw these away (no take: what lies there)
         --restore [TAKE ...]  bring them back
         --empty               delete what lies there for good, after asking
  studio references DIR        the character's pictures: what they are good for
         add FILE --role R     take a picture in (a path, or a take)
         remove NAME           put one away
  studio tree DIR              which take was edited from which
  studio drift DIR             how far each take is from the anchor picture:
                               colours, proportions; it sorts, never decides
         --anchor FILE         measure against this picture
         --pose NAME           only the takes of this pose
  studio info FILE             the recipe inside a picture
  studio jobs DIR              everything that was sent
  studio ledger DIR            what was spent, and per picked take
         --since DATE          from this day on: 2026-11-20, today
         --csv FILE            every job as CSV, for a spreadsheet
         --sandbox-too         also what the sandbox drew
  studio rescue DIR            fetch what was paid for and did not arrive
         --send-paused         also send what was written and never sent
         --drop-paused         cancel that instead, for nothing

What there is
  studio models                every model, with its price
  studio models show ID        one model: its settings, its sweet spot
  studio poses | styles | themes
  studio locate                where the studio keeps its files
  studio doctor                check key, network, terminal, disk and clock
  studio sandbox --port N      a fal of your own that draws placeholders

With every command
  --sandbox | --no-sandbox     draw placeholders for nothing | never do that
  --key-file FILE              the fal key, when it is not in FAL_KEY
  --json                       one JSON object a line (by itself when piped)
  --graphics HOW               kitty, iterm, sixel, octant, sextant, quadrant,
                               half, textual-image or off
  --faults FILE                failures for the sandbox to act out
  --version, --help            and studio COMMAND --help for the rest

Without a key nothing is charged: the sandbox draws a clay figure for every
pose. With one (FAL_KEY, or a .env file in the project) fal draws, and the
price is shown first.

Exit codes: 0 all well, 1 failed, 2 a mistake in the command or a file,
3 some pictures failed, 4 key missing or refused, 5 too expensive,
130 stopped with Ctrl+C.
"""
