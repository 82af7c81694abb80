"""Words behind which a full stop does not end a sentence, in all supported languages.

One list for all: a French text cites a German law. A word that stands here too many
costs a cut between two sentences, which is harmless; one that is missing cuts through
a sentence. Single letters and dotted letters (``J.``, ``U.S.``, ``z. B.``) need no entry.
"""

ABBREVIATIONS = frozenset(
    # titles and forms of address
    "mr mrs ms dr prof st sr jr hon rev gen col capt lt sgt sen rep gov pres det supt"
    " esq messrs mme mmes mlle mlles mgr me dott dottssa ssa sig sigg sigra avv ing on"
    " geom rag hr fr frl dipl mag sra srta sres dra dña drs ir mw dhr mevr heer sta sto"
    " excmo ilmo exmo exma min"
    # firms
    " inc corp ltd co llc plc bros fa gmbh cia soc assn dept univ intl spa srl bv nv"
    # in the middle of a sentence
    " eg ie cf vs viz approx ca circa resp incl inkl exkl excl zzgl bzw bspw vgl sog"
    " ggf evtl insb insbes ggü gem idr iswv ivm zb dh ua uä usf sogen bzgl betr"
    " abschn allg amtl dt engl frz ital span hrsg urspr zzt zt lfd mind mio mrd tsd"
    " ej aprox pej uu ee ff dpto admón edo depto tel telf av avda pza"
    " sté stés env ex égal cad réf délib déc ord arr décr circ proc bull civ crim cass"
    " lett provv ordin sent trib cost cass pers vd cfr es ecc tab ss sgg pagg artt"
    " dlgs dpr reg dir dec delib all cons reggio fraz loc"
    " etc usw usf bijv dwz oa ivm tav tov zgn mbt evt ca enz resp vlg jl"
    " exa excelentíssimo pág págs séc séculos dl proc ac ob"
    # provisions and their parts
    " art arts artt artic abs absatz nr nrn nos núm núms num nums n° nº par para"
    " paras al alin cap caps capo lit litt let lett buchst ziff rn rdnr rz sect sec secs"
    " subsec cl reg regs sched ch chap pt pts pp pag págs bd hs aufl anm az bgbl bverfg"
    " stb stcrt jo gu boe tít apdo disp comm cod cpp cpc stgb lid vol vols fig figs ref"
    " refs ed eds éd op cit ibid sqq seq dir reg dec"
    # months and days
    " jan feb febr févr fév apr aprile avr aug ago ago sept okt oct ott nov dic dez déc"
    " gen genn magg giu giugn lug sett mrt juil juill"
    " tues wed thurs fri sab dom lun mié jue vie".split()
) - frozenset("on min dom all loc me es es cost ob edo pers set dir dec".split())
"""Never the end. Without those that are common words in another language."""

BEFORE_NUMBERS = frozenset(
    "on me min no nos all art arts al n nn p pp pt pts ch set out mar mai mei maj jun jul"
    " ago abr sez sec dir dec dez reg ed am sup app ann anh bijl anx cost loc rec recs"
    " del lib tit v f s c d r l kap kam abt teil punkt punt c.c doc dok lei lid".split()
)
"""Not the end where a number follows: these words also end sentences."""

REPORTING = frozenset(
    "said says say told tells asked asks added adds wrote writes replied stated states"
    " explained explains argued claimed warned noted insisted recalled continued"
    " dit déclare déclaré déclarait affirme affirmé explique expliqué ajoute ajouté"
    " assure répond répondu indique indiqué précise souligne écrit"
    " dice disse detto dichiara dichiarato afferma spiega spiegato aggiunge ha"
    " sagt sagte erklärt erklärte meint meinte schreibt schrieb fügte betont betonte"
    " dijo declaró afirmó explicó añadió señaló aseguró"
    " zegt zei aldus verklaarde schrijft schreef stelt"
    " diz disse declarou afirmou explicou acrescentou".split()
) - {"ha"}
"""Verbs that hang a quotation on whoever spoke."""

MONTHS = frozenset(
    "january february march april may june july august september october november"
    " december januar februar märz mai juni juli oktober dezember jänner januari"
    " februari maart mei augustus december".split()
)
"""Behind a day with a full stop."""
