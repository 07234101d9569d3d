/// @file
/// Recurrent steps with gates: what is kept and what is forgotten is learnt, too.
///
/// The products are done before (given, in recurrent.hpp): all gates of a step lie side by side in
/// one matrix, so one product serves them all. What is left is what makes a GRU a GRU.
#pragma once

#include "05_modules/layer_functions.hpp"

namespace gradbook {

// ---- exercise 7.12 ------------------------------------------------------------------------------

/// A GRU's step, as PyTorch defines it. a is x W_xᵀ + b_x and u is h W_hᵀ + b_h, each with three
/// blocks of H columns, for r, z and n:
/// r = σ(a_r + u_r), z = σ(a_z + u_z), n = tanh(a_n + r ⊙ u_n), h′ = (1 − z) ⊙ n + z ⊙ h.
/// @param a  (N, 3H); afterwards it holds r, z and n, which backward needs
/// @param u  (N, 3H)
/// @param h  the state before, (N, H)
/// @returns  the state after, h′, (N, H)
/// @throws ShapeError  where the shapes do not fit
/// @see  Cho et al., "Learning phrase representations using RNN encoder–decoder", 2014;
///       torch.nn.GRU
Matrix gru_gates_forward(Matrix& a, const Matrix& u, const Matrix& h);

/// The gradients of a GRU's gates.
struct GruGradients {
  Matrix a;  ///< (N, 3H)
  Matrix u;  ///< (N, 3H)
  Matrix h;  ///< (N, H): of what of h goes straight to h′; its way through u is not in it
};

/// Backward of gru_gates_forward.
/// @param gates     r, z and n, as forward left them, (N, 3H)
/// @param u         (N, 3H)
/// @param h         the state before, (N, H)
/// @param grad_out  by h′, (N, H)
/// @throws ShapeError  where the shapes do not fit
GruGradients gru_gates_backward(const Matrix& gates, const Matrix& u, const Matrix& h,
                                const Matrix& grad_out);

/// What an LSTM's step leaves.
struct LstmState {
  Matrix h;  ///< (N, H), what is shown
  Matrix c;  ///< (N, H), what is remembered
};

/// An LSTM's step, as PyTorch defines it. a is x W_xᵀ + h W_hᵀ + b with four blocks of H columns,
/// for i, f, g and o: i = σ(a_i), f = σ(a_f), g = tanh(a_g), o = σ(a_o), c′ = f ⊙ c + i ⊙ g, h′ = o
/// ⊙ tanh(c′).
/// @param a  (N, 4H); afterwards it holds i, f, g and o, which backward needs
/// @param c  what was remembered before, (N, H)
/// @throws ShapeError  where the shapes do not fit
/// @see  Hochreiter and Schmidhuber, "Long short-term memory", 1997; torch.nn.LSTM
LstmState lstm_gates_forward(Matrix& a, const Matrix& c);

/// The gradients of an LSTM's gates.
struct LstmGradients {
  Matrix a;  ///< (N, 4H)
  Matrix c;  ///< by what was remembered before, (N, H)
};

/// Backward of lstm_gates_forward.
/// @param gates   i, f, g and o, as forward left them, (N, 4H)
/// @param c       what was remembered before, (N, H)
/// @param out     what forward returned
/// @param grad_h  by h′, (N, H)
/// @param grad_c  by c′, (N, H), from the step after it
/// @throws ShapeError  where the shapes do not fit
LstmGradients lstm_gates_backward(const Matrix& gates, const Matrix& c, const LstmState& out,
                                  const Matrix& grad_h, const Matrix& grad_c);

/// An LSTM's bias at the beginning: 0, but 1 for the block of f, so that what is remembered is not
/// forgotten before anything was learnt.
/// @param hidden  H
/// @returns       (1, 4H)
/// @see  Jozefowicz, Zaremba and Sutskever, "An empirical exploration of recurrent network
///       architectures", 2015
Matrix lstm_bias(std::size_t hidden);

}  // namespace gradbook
