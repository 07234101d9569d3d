/// @file
/// A classifier of pictures, trained and counted.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "05_modules/classifier.hpp"

namespace gradbook {

// ---- exercise 6.10 ------------------------------------------------------------------------------

/// How a classifier of pictures is trained.
struct ImageTraining {
  int epochs = 20;         ///< how often it sees every picture
  std::size_t batch = 32;  ///< pictures in a batch
  std::uint64_t seed = 1;  ///< of the order in which they come
};

/// The share of pictures that a model classifies right: whose largest logit is that of the label.
/// Of equal logits the first counts.
///
/// Runs the model in evaluation and beside the tape: what is on the tape stays there, and nothing
/// is added. Afterwards the model is in training or in evaluation as it was before.
/// @param model   gives logits (N, K) for rows (N, H · W)
/// @param images  (N, H, W), N ≥ 1
/// @param labels  (N)
/// @returns       between 0 and 1
/// @throws ShapeError  where there is no picture, or not one label for each
double accuracy_of(Module& model, const Array3& images, std::span<const Label> labels);

/// Trains a model: puts it in training, and in every epoch, from 0, takes a step of exercise 5.15
/// for each batch of exercise 6.5.
/// @param model      gives logits (N, K) for rows (N, H · W)
/// @param optimizer  of the model's parameters
/// @param images     (N, H, W), N ≥ 1
/// @param labels     (N)
/// @param options    how often, and in what batches
/// @returns          the mean loss of the pictures in each epoch, each before its batch's step
/// @throws ShapeError  as accuracy_of
/// @throws RangeError  where a batch has size 0
std::vector<double> train_on_images(Module& model, ModuleOptimizer& optimizer, const Array3& images,
                                    std::span<const Label> labels, const ImageTraining& options);

}  // namespace gradbook
