# Draws DIR/fit.svg from DIR/fit.tsv: gnuplot -e "folder='DIR'" fit.gnuplot
if (!exists("folder")) folder = "."
set terminal svg size 480,340 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/fit.svg"

# Middle tones on no background: readable on a light page and on a dark one
set border 3 linecolor rgb "#808890"
set tics nomirror out scale 0.6 textcolor rgb "#808890"
set grid linecolor rgb "#808890" linewidth 0.4 dashtype 3
set xlabel "x" textcolor rgb "#808890"
set ylabel "f(x)" textcolor rgb "#808890"
set key bottom center textcolor rgb "#808890" samplen 2

set xrange [-1.6:1.6]
set yrange [-1.4:1.4]
set samples 200

plot folder."/fit.tsv" skip 1 using 1:2 with points pointtype 7 pointsize 0.55 linecolor rgb "#808890" title "data", \
     cos(2 * x) with lines linewidth 1.5 dashtype 2 linecolor rgb "#d97a2b" title "cos 2x", \
     folder."/fit.tsv" skip 1 using 1:3 with lines linewidth 2.5 linecolor rgb "#2f8fd8" title "network"
