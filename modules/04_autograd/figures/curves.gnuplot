# Draws DIR/curves.svg from DIR/curves.tsv: gnuplot -e "folder='DIR'" curves.gnuplot
if (!exists("folder")) folder = "."
set terminal svg size 520,360 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/curves.svg"

# Middle tones on no background: readable on a light page and on a dark one
set border 3 linecolor rgb "#808890"
set tics nomirror out scale 0.6 textcolor rgb "#808890"
set grid ytics linecolor rgb "#808890" linewidth 0.4 dashtype 3
set xlabel "epoch" textcolor rgb "#808890"
set ylabel "binary cross-entropy" textcolor rgb "#808890"
set key outside right center textcolor rgb "#808890" samplen 2

set logscale y
set xrange [0:1000]
set yrange [0.001:2]
set ytics (0.001, 0.01, 0.1, 1)
array color[6] = ["#2f8fd8", "#d97a2b", "#3f9d5a", "#b0609f", "#808890", "#c2453c"]

plot for [i = 0:5] folder."/curves.tsv" index i skip 1 using 1:2 with lines linewidth 1.5 linecolor rgb color[i + 1] \
     title word("simple diag split xor circle spiral", i + 1)
