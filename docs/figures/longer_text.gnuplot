# Draws DIR/longer_text.svg from DIR/longer_text.tsv: gnuplot -e "folder='DIR'" longer_text.gnuplot
if (!exists("folder")) folder = "."
set terminal svg size 560,340 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/longer_text.svg"

# Middle tones on no background: readable on a light page and on a dark one
set border 3 linecolor rgb "#808890"
set tics nomirror out scale 0.6 textcolor rgb "#808890"
set grid ytics linecolor rgb "#808890" linewidth 0.4 dashtype 3
set xlabel "minutes" textcolor rgb "#808890"
set ylabel "bits per character" textcolor rgb "#808890"
set key top right textcolor rgb "#808890" samplen 2

# Most of the first minute leaves at the top: what counts is below the n-gram
set yrange [1.85:3.1]
set xrange [0:*]
plot folder."/longer_text.tsv" index 0 using 1:2 with lines linewidth 1.5 dashtype 3 linecolor rgb "#2f8fd8" title "RNN, training", \
     "" index 0 using 1:3 with lines linewidth 2 linecolor rgb "#2f8fd8" title "RNN, held out", \
     "" index 1 using 1:2 with lines linewidth 1.5 dashtype 3 linecolor rgb "#d97a2b" title "GRU, training", \
     "" index 1 using 1:3 with lines linewidth 2 linecolor rgb "#d97a2b" title "GRU, held out", \
     "" index 1 using 1:4 with lines linewidth 1.5 dashtype 2 linecolor rgb "#808890" title "best n-gram, held out"
