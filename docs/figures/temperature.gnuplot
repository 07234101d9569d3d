# Draws DIR/temperature.svg from DIR/temperature.tsv: gnuplot -e "folder='DIR'" temperature.gnuplot
if (!exists("folder")) folder = "."
set terminal svg size 520,300 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/temperature.svg"
table = folder."/temperature.tsv"

set border 3
set tics nomirror out scale 0.6
set grid ytics linewidth 0.4 dashtype 3
set xtics scale 0
set xrange [-0.6:4.6]
set yrange [0:0.6]
set ytics 0.1
set ylabel "probability" offset 0.5
set lmargin 9
set key top right Left reverse samplen 1.2
set style data histograms
set style histogram clustered gap 1
set style fill solid 0.85 noborder

plot table skip 1 using 2:xtic(1) linecolor rgb "#2f8fd8" title "temperature ½", \
     table skip 1 using 3 linecolor rgb "#3aa35b" title "temperature 1", \
     table skip 1 using 4 linecolor rgb "#d97a2b" title "temperature 2"
