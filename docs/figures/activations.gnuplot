# Draws DIR/activations.svg from DIR/activations.tsv: gnuplot -e "folder='DIR'" activations.gnuplot
if (!exists("folder")) folder = "."
set terminal svg size 480,250 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/activations.svg"
table = folder."/activations.tsv"

set border 3
set tics nomirror out scale 0.6
set grid linewidth 0.4 dashtype 3
set xrange [-5:5]
set xtics 5
set key top left samplen 1.5 width -2

set multiplot layout 1,3 margins 0.06,0.97,0.2,0.8 spacing 0.11
set title "relu(a)"
set yrange [-0.5:5]
set ytics 1
plot table skip 1 using 1:2 with lines linewidth 2.5 linecolor rgb "#2f8fd8" title "value", \
     table skip 1 using 1:5 with lines linewidth 2.5 dashtype 2 linecolor rgb "#d97a2b" title "slope"
unset key
set title "σ(a)"
set yrange [-0.1:1.1]
set ytics 0.5
plot table skip 1 using 1:3 with lines linewidth 2.5 linecolor rgb "#2f8fd8", \
     table skip 1 using 1:6 with lines linewidth 2.5 dashtype 2 linecolor rgb "#d97a2b"
set title "tanh(a)"
set yrange [-1.1:1.1]
plot table skip 1 using 1:4 with lines linewidth 2.5 linecolor rgb "#2f8fd8", \
     table skip 1 using 1:7 with lines linewidth 2.5 dashtype 2 linecolor rgb "#d97a2b"
unset multiplot
