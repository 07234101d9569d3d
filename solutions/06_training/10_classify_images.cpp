#include <algorithm>

#include "06_training/data.hpp"
#include "06_training/images.hpp"

namespace gradbook {
namespace {

// SOLUTION BEGIN  what both have in common: a label for each of at least one picture
void check_labels(const char* function, const Array3& images, std::span<const Label> labels) {
  if (images.shape(0) == 0) throw ShapeError(function, ": there is no picture");
  if (images.shape(0) != labels.size())
    throw ShapeError(function, ": ", images.shape(0), " pictures and ", labels.size(), " labels");
}
// SOLUTION END

}  // namespace

double accuracy_of(Module& model, const Array3& images, std::span<const Label> labels) {
  // SOLUTION BEGIN  evaluate all pictures at once; then look for the largest logit in each row
  check_labels("accuracy_of", images, labels);
  const NoTape quiet;
  const bool was_training = model.training();
  model.eval();
  Input x(flat_rows(images));
  const Matrix& logits = model(x).out_tensor;
  model.train(was_training);

  double right = 0;
  for (std::size_t n = 0; n < labels.size(); ++n) {
    const Real* const row = &logits(n, 0);
    right += std::max_element(row, row + logits.shape(1)) - row == labels[n];
  }
  return right / static_cast<double>(labels.size());
  // SOLUTION END
}

std::vector<double> train_on_images(Module& model, ModuleOptimizer& optimizer, const Array3& images,
                                    std::span<const Label> labels, const ImageTraining& options) {
  // SOLUTION BEGIN  epochs of batches; gather pictures and labels of each, and step
  check_labels("train_on_images", images, labels);
  const std::size_t height = images.shape(1), width = images.shape(2), pixels = height * width;
  model.train();
  std::vector<double> losses;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    double sum = 0;
    for (const Batch& batch : batches_of_epoch(labels.size(), options.batch, options.seed,
                                               static_cast<std::uint64_t>(epoch))) {
      auto some = Array3::from_shape({batch.size(), height, width});
      std::vector<Label> their_labels;
      for (std::size_t i = 0; i < batch.size(); ++i) {
        std::copy_n(images.data() + batch[i] * pixels, pixels, some.data() + i * pixels);
        their_labels.push_back(labels[batch[i]]);
      }

      // A batch of three counts three
      const Real loss = one_step_of_sgd(model, optimizer, some, their_labels);
      sum += static_cast<double>(batch.size()) * loss;
    }
    losses.push_back(sum / static_cast<double>(labels.size()));
  }
  return losses;
  // SOLUTION END
}

}  // namespace gradbook
