# Draws DIR/loss.svg from DIR/loss.tsv: gnuplot -e "folder='DIR'" loss.gnuplot
if (!exists("folder")) folder = "."
set terminal svg size 480,340 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/loss.svg"

# Middle tones on no background: readable on a light page and on a dark one
set border 3 linecolor rgb "#808890"
set tics nomirror out scale 0.6 textcolor rgb "#808890"
set grid ytics linecolor rgb "#808890" linewidth 0.4 dashtype 3
set xlabel "epoch" textcolor rgb "#808890"
set ylabel "mean squared error" textcolor rgb "#808890"
unset key

set logscale y
set xrange [0:100]
set yrange [0.01:0.6]
set ytics (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
# The true curve's own loss: the variance of the noise
set label "noise: 0.1² = 0.01" at 2, 0.0116 left textcolor rgb "#808890"

plot folder."/loss.tsv" skip 1 using 1:2 with lines linewidth 2.5 linecolor rgb "#2f8fd8"
