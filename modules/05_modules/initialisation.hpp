/// @file
/// What weights are before anything is learnt, so that numbers neither die out nor explode from
/// layer to layer.
#pragma once

#include "00_course/random.hpp"
#include "05_modules/product.hpp"

namespace gradbook {

// ---- exercise 5.12 ------------------------------------------------------------------------------

/// What comes after a layer decides how much larger its weights have to be.
enum class Gain {
  linear,  ///< 1, also for σ
  tanh,    ///< 5/3
  relu,    ///< √2
};

/// Uniform in [−l, l), l = gain √(6 / (inputs + outputs)), drawn row by row.
/// @param weight  (B, A): A inputs and B outputs; every number in it is overwritten
/// @param random  what is drawn from
/// @param gain    of what comes after the layer
/// @see  Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
///       networks", 2010; torch.nn.init.xavier_uniform_
void xavier_uniform(Matrix& weight, Random& random, Gain gain = Gain::linear);

/// Normal with mean 0 and deviation gain √(2 / (inputs + outputs)), drawn row by row.
/// @param weight  (B, A)
/// @param random  what is drawn from
/// @param gain    of what comes after the layer
void xavier_normal(Matrix& weight, Random& random, Gain gain = Gain::linear);

/// Uniform in [−l, l), l = gain √(3 / inputs), drawn row by row.
/// @param weight  (B, A)
/// @param random  what is drawn from
/// @param gain    of what comes after the layer
/// @see  He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015;
///       torch.nn.init.kaiming_uniform_
void kaiming_uniform(Matrix& weight, Random& random, Gain gain = Gain::relu);

/// Normal with mean 0 and deviation gain / √inputs, drawn row by row.
/// @param weight  (B, A)
/// @param random  what is drawn from
/// @param gain    of what comes after the layer
void kaiming_normal(Matrix& weight, Random& random, Gain gain = Gain::relu);

}  // namespace gradbook
