set terminal svg size 400,300 dynamic
set output folder."/squares.svg"
plot folder."/squares.tsv" with lines linecolor rgb "#808890" title "squares"
