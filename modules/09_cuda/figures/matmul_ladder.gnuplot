# Draws DIR/matmul_ladder.svg from DIR/matmul_ladder.tsv: gnuplot -e "folder='DIR'" matmul_ladder.gnuplot
if (!exists("folder")) folder = "."
set terminal svg size 620,360 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/matmul_ladder.svg"

# Middle tones on no background: readable on a light page and on a dark one
set datafile separator "\t"
set border 3 linecolor rgb "#808890"
set tics nomirror out scale 0.6 textcolor rgb "#808890"
set grid ytics linecolor rgb "#808890" linewidth 0.4 dashtype 3
set ylabel "for each element of C" textcolor rgb "#808890"
set key top right textcolor rgb "#808890" samplen 2
set logscale y
set xtics rotate by -30
set style data linespoints
plot folder."/matmul_ladder.tsv" skip 1 using 0:2:xtic(1) linewidth 2 pointtype 7 linecolor rgb "#2f8fd8" title "reads of device memory", \
     "" skip 1 using 0:3 linewidth 2 pointtype 5 linecolor rgb "#d97a2b" title "bytes read"
