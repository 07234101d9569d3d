# Draws DIR/lm_curves.svg from DIR/lm_curves.tsv: gnuplot -e "folder='DIR'" lm_curves.gnuplot
if (!exists("folder")) folder = "."
set terminal svg size 560,340 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/lm_curves.svg"

# Middle tones on no background: readable on a light page and on a dark one
set border 3 linecolor rgb "#808890"
set tics nomirror out scale 0.6 textcolor rgb "#808890"
set grid ytics linecolor rgb "#808890" linewidth 0.4 dashtype 3
set xlabel "pass" textcolor rgb "#808890"
set ylabel "bits per symbol" textcolor rgb "#808890"
set key top right textcolor rgb "#808890" samplen 2

# The first passes may leave at the top: what counts is near the n-gram
stats folder."/lm_curves.tsv" skip 1 using 4 nooutput
set yrange [*:1.3 * STATS_max]
set xrange [0.5:*]
plot folder."/lm_curves.tsv" skip 1 using 1:2 with lines linewidth 1.5 linecolor rgb "#2f8fd8" title "network, training", \
     "" skip 1 using 1:3 with lines linewidth 2 linecolor rgb "#d97a2b" title "network, held out", \
     "" skip 1 using 1:4 with lines linewidth 1.5 dashtype 2 linecolor rgb "#808890" title "best n-gram, held out"
