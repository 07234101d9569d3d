# Draws DIR/initial_spread.svg from DIR/tanh.tsv and DIR/relu.tsv: gnuplot -e "folder='DIR'" initial_spread.gnuplot
if (!exists("folder")) folder = "."
set terminal svg size 560,330 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/initial_spread.svg"

set border 3
set tics nomirror out scale 0.6
set grid linewidth 0.4 dashtype 3
set xrange [0:10]
set xtics 2
set xlabel "layer" offset 0,0.3
set logscale y
set yrange [1e-10:3]
set format y "10^{%L}"
set ytics 100
set key bottom left Left reverse samplen 1.2

array colours[4] = ["#8a8a8a", "#d97a2b", "#2f8fd8", "#3d9a50"]
array names[4] = ["deviation 0.01", "Linear's own", "Xavier", "Kaiming"]
set multiplot layout 1,2 margins 0.1,0.97,0.2,0.86 spacing 0.11
do for [kind in "tanh relu"] {
  set title kind
  plot for [i=4:1:-1] folder."/".kind.".tsv" matrix every :::(i-1)::(i-1) using 1:3 \
    with linespoints linewidth 2 pointtype 7 pointsize 0.3 linecolor rgb colours[i] title names[i]
  unset key
}
unset multiplot
