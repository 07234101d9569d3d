# Draws DIR/central_difference.svg from the errors that the program of module 01 measured, between the two lines
# that theory draws for softplus at 1: truncation h²f‴/6 and rounding εf/2h.
if (!exists("folder")) folder = "."
set terminal svg size 480,360 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/central_difference.svg"
table = folder."/central_difference.tsv"

set border 3
set tics nomirror out scale 0.6
set grid linewidth 0.4 dashtype 3
set xlabel "step h"
set ylabel "error of the slope"
set key outside top center maxrows 2 samplen 2
set logscale xy
set format "10^{%T}"
set xrange [1e-12:0.2]
set xtics 1e-12, 1000
set ytics 1e-12, 1000
set yrange [1e-13:1]
set samples 300

epsilon = 2.0**-52
f = log(1 + exp(1.0))
s = 1 / (1 + exp(-1.0))
third = abs(s * (1 - s) * (1 - 2 * s))
best = epsilon**(1.0 / 3)
set arrow from best, 1e-13 to best, 1 nohead dashtype 2 linewidth 0.8
set label "kStep" at best * 1.3, 3e-13

plot table skip 1 using 1:2 with linespoints pointtype 7 pointsize 0.4 linewidth 1.6 linecolor rgb "#d97a2b" title "one-sided", \
     table skip 1 using 1:3 with linespoints pointtype 7 pointsize 0.4 linewidth 2 linecolor rgb "#2f8fd8" title "central", \
     third / 6 * x**2 with lines dashtype 2 linecolor rgb "black" title "truncation", \
     epsilon * f / 2 / x with lines dashtype 3 linecolor rgb "black" title "rounding"
