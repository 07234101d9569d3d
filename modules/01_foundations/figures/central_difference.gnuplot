# Draws DIR/central_difference.svg from DIR/central_difference.tsv: gnuplot -e "folder='DIR'" central_difference.gnuplot
if (!exists("folder")) folder = "."
set terminal svg size 480,340 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/central_difference.svg"

# Middle tones on no background: readable on a light page and on a dark one
set border 3 linecolor rgb "#808890"
set tics nomirror out scale 0.6 textcolor rgb "#808890"
set grid linecolor rgb "#808890" linewidth 0.4 dashtype 3
set xlabel "step h" textcolor rgb "#808890"
set ylabel "error of the slope" textcolor rgb "#808890"
set key top center textcolor rgb "#808890" samplen 2

set logscale xy
set format "10^{%T}"
set xrange [1e-12:0.2]
set yrange [1e-12:1]

plot folder."/central_difference.tsv" skip 1 using 1:2 with linespoints pointtype 7 pointsize 0.4 linewidth 2 linecolor rgb "#d97a2b" title "one-sided", \
     folder."/central_difference.tsv" skip 1 using 1:3 with linespoints pointtype 7 pointsize 0.4 linewidth 2 linecolor rgb "#2f8fd8" title "central"
