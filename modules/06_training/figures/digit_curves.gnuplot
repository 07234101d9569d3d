# Draws DIR/digit_curves.svg from DIR/digit_curves.tsv: gnuplot -e "folder='DIR'" digit_curves.gnuplot
if (!exists("folder")) folder = "."
set terminal svg size 520,340 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/digit_curves.svg"

# Middle tones on no background: readable on a light page and on a dark one
set border 3 linecolor rgb "#808890"
set tics nomirror out scale 0.6 textcolor rgb "#808890"
set grid ytics linecolor rgb "#808890" linewidth 0.4 dashtype 3
set xlabel "epoch" textcolor rgb "#808890"
set ylabel "cross-entropy" textcolor rgb "#808890"
set key top right textcolor rgb "#808890" samplen 2

set logscale y
set xrange [0.5:*]
plot folder."/digit_curves.tsv" skip 1 using 1:2 with linespoints pointtype 7 pointsize 0.5 linewidth 1.5 linecolor rgb "#2f8fd8" title "training", \
     "" skip 1 using 1:3 with linespoints pointtype 7 pointsize 0.5 linewidth 1.5 linecolor rgb "#d97a2b" title "validation"
