# Draws DIR/stride_cost.svg from DIR/stride_cost.tsv: nanoseconds for each number by stride, both axes logarithmic
if (!exists("folder")) folder = "."
set terminal svg size 480,300 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/stride_cost.svg"
table = folder."/stride_cost.tsv"

set border 3
set tics nomirror out scale 0.6
set grid linewidth 0.4 dashtype 3
set xlabel "stride, in numbers of 8 bytes"
set ylabel "ns for each number"
set logscale x 2
set logscale y 10
set xrange [0.8:640]
set xtics (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
set yrange [0.3:30]
set ytics (0.3, 1, 3, 10, 30)
unset key
set arrow from 8, graph 0 to 8, graph 1 nohead dashtype 2 linewidth 0.8
set label "one number a line" at 9, graph 0.06
plot table skip 1 using 1:2 with linespoints pointtype 7 pointsize 0.5 linewidth 2 linecolor rgb "#2f8fd8"
