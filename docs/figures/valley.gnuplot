# Draws DIR/valley.svg from DIR/valley_NAME.tsv: the four paths between lines of equal J, and J by steps below
if (!exists("folder")) folder = "."
set terminal svg size 680,620 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/valley.svg"

names = "descent momentum nesterov adam"
titles = "'descent, 0.0185' 'momentum 0.8, 0.015' 'nesterov 0.8, 0.0125' 'Adam, 0.5'"
colours = "#9a6fc4 #2f8fd8 #3aa35b #d97a2b"
table(i) = folder."/valley_".word(names, i).".tsv"

# Ellipses on which J has one value each
set border 3
set tics nomirror out scale 0.6
set grid linewidth 0.3 dashtype 3
set parametric
set trange [0:2*pi]
set samples 200

set lmargin 9
set multiplot
set key outside top center horizontal samplen 1.5
set origin 0, 0.46
set size 1, 0.54
set xrange [-9.8:3.2]
set yrange [-1.08:1.08]
set xlabel "a" offset 0, 0.5
set ylabel "b" offset 1
set xtics 2
set ytics 0.5
plot for [j in "0.3 1.5 5 12 24 42 66"] sqrt(2 * j) * cos(t), sqrt(2 * j / 100.0) * sin(t) with lines linewidth 0.5 linecolor rgb "#a0a8b0" notitle, \
     for [i=1:4] table(i) skip 1 every ::::50 using 2:3 with linespoints pointtype 7 pointsize 0.3 linewidth 1.6 linecolor rgb word(colours, i) title word(titles, i)

unset parametric
unset key
set origin 0, 0
set size 1, 0.44
set xrange [0:100]
set yrange [1e-8:200]
set logscale y
set format y "10^{%T}"
set xtics 20
set ytics 100
unset mytics
set xlabel "step"
set ylabel "J" offset 1
plot for [i=1:4] table(i) skip 1 using 1:4 with lines linewidth 2 linecolor rgb word(colours, i)
unset multiplot
