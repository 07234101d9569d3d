# Draws DIR/clipping.svg from DIR/clipping.tsv: lengths of gradients above, losses below
if (!exists("folder")) folder = "."
set terminal svg size 640,520 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/clipping.svg"

table = folder."/clipping.tsv"
set border 3
set tics nomirror out scale 0.6
set grid linewidth 0.3 dashtype 3
set lmargin 9
set xrange [0:300]
set multiplot

set key outside top center horizontal samplen 1.5
set origin 0, 0.44
set size 1, 0.56
set ylabel "length of the gradient" offset 1
set logscale y
plot table skip 1 using 1:2 with lines linewidth 1 linecolor rgb "#d97a2b" title "as it comes", \
     table skip 1 using 1:4 with lines linewidth 1 linecolor rgb "#2f8fd8" title "clipped, before it was cut", \
     0.5 with lines linewidth 1 dashtype 2 linecolor rgb "#808890" title "max\\_norm"

unset key
unset logscale y
set origin 0, 0
set size 1, 0.44
set ylabel "loss" offset 1
set xlabel "update"
plot table skip 1 using 1:3 with lines linewidth 1.6 linecolor rgb "#d97a2b", \
     table skip 1 using 1:5 with lines linewidth 1.6 linecolor rgb "#2f8fd8"
unset multiplot
