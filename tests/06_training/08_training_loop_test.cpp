#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>

#include "06_training/loop.hpp"
#include "06_training/optimizers.hpp"
#include "support/messages.hpp"
#include "support/scripted_training.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

const auto kSilent = [](const Epoch&) {};

// Three clouds of points, one a class
Examples clouds(std::size_t n, std::uint64_t seed) {
  Random random(seed);
  Examples all{Matrix::from_shape({n, 2}), {}};
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t label = random.below(3);
    all.inputs(i, 0) = (label == 0 ? 2 : -1) + random.normal() / 2;
    all.inputs(i, 1) = (label == 1 ? 2 : label == 2 ? -2 : 0) + random.normal() / 2;
    all.labels.push_back(static_cast<Label>(label));
  }
  return all;
}

std::vector<double> numbers_of(Module& model) {
  std::vector<double> all;
  for (Parameter* parameter : model.parameters())
    all.insert(all.end(), parameter->value().begin(), parameter->value().end());
  return all;
}

// One epoch a value, for each is one step of one batch
LoopResult scripted(const std::vector<double>& weights, int patience, OneWeight& model) {
  Scripted script({&model.weight}, weights);
  return train(model, script, ones(4), ones(4),
               {.epochs = static_cast<int>(weights.size()), .batch = 4, .patience = patience},
               kSilent);
}

TEST(TrainingLoop, LearnsToTellCloudsApart) {
  Sequential model;
  build(model, 2, 3, 1);
  SGD sgd(model.parameters(), {.rate = 0.5, .momentum = 0.9});
  const LoopResult result =
      train(model, sgd, clouds(100, 1), clouds(50, 2), {.epochs = 10, .batch = 16}, kSilent);
  ASSERT_THAT(result.epochs, SizeIs(10));
  EXPECT_LT(result.epochs.back().training_loss, result.epochs.front().training_loss / 3)
      << "forget, forward, loss, backward, step: is one missing, or in the wrong place?";
  EXPECT_GT(result.epochs.back().accuracy, 0.9);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(result.epochs[i].number, i + 1);
}

TEST(TrainingLoop, TakesTheMeanOverExamplesNotOverBatches) {
  OneWeight model;
  Scripted script({&model.weight}, {3});
  Examples mixed = ones(5);  // batches of 4 and 1, the second after w was set to 3
  const LoopResult result =
      train(model, script, mixed, ones(1), {.epochs = 1, .batch = 4}, kSilent);
  const double before = std::log(2), after = std::log1p(std::exp(-3));
  EXPECT_NEAR(result.epochs.at(0).training_loss, (4 * before + after) / 5, 1e-12)
      << "four examples before the step, one after it";
  EXPECT_NEAR(result.epochs.at(0).validation_loss, after, 1e-12);
}

TEST(TrainingLoop, ShufflesAnewInEveryEpoch) {
  const auto trained = [](std::uint64_t seed, int epochs) {
    Sequential model;
    build(model, 2, 3, 1);
    SGD sgd(model.parameters(), {.rate = 0.1});
    const Examples data = clouds(20, 1);
    // By hand: the batches of epoch 0, 1, … as 6.5 gives them
    if (epochs < 0) {
      SoftmaxCrossEntropy loss;
      for (std::uint64_t epoch = 0; epoch < 3; ++epoch) {
        for (const Batch& batch : batches_of_epoch(20, 6, seed, epoch)) {
          const Examples part = gather(data, batch);
          Input x(part.inputs);
          loss(model(x), part.labels);
          sgd.zero_grad();
          backward(loss);
          sgd.step();
        }
      }
    } else {
      train(model, sgd, data, data, {.epochs = epochs, .batch = 6, .seed = seed}, kSilent);
    }
    return numbers_of(model);
  };
  EXPECT_EQ(trained(5, 3), trained(5, -1)) << "epoch 1 has the batches of batches_of_epoch(…, 0)";
  EXPECT_NE(trained(5, 3), trained(6, 3)) << "the seed is options.seed";
}

TEST(TrainingLoop, EndsWithTheBestParameters) {
  OneWeight model;
  const LoopResult result = scripted({1, 3, 2, 2.5}, 0, model);
  EXPECT_THAT(result.epochs, SizeIs(4)) << "a patience of 0 is without end";
  EXPECT_EQ(result.best, 2);
  EXPECT_THAT(listed(model.weight.value()), ElementsAre(3)) << "those after epoch 2, not the last";
}

TEST(TrainingLoop, StopsWhenPatienceIsOver) {
  OneWeight model;
  const LoopResult result = scripted({1, 3, 2, 3, 2, 9}, 2, model);
  EXPECT_THAT(result.epochs, SizeIs(4))
      << "epochs 3 and 4 brought nothing new: as good is no better";
  EXPECT_EQ(result.best, 2);
  EXPECT_THAT(scripted({1, 2, 3, 4}, 1, model).epochs, SizeIs(4)) << "each is better than the last";
}

TEST(TrainingLoop, GoesOnWhereItWasKilled) {
  const std::string file = testing::TempDir() + "gradbook_loop.checkpoint";
  const Examples data = clouds(30, 1);
  const auto run = [&](std::uint64_t seed, CheckpointPlace* place, int killed_after) {
    Sequential model;
    build(model, 2, 3, seed);
    Adam adam(model.parameters(), {.rate = 0.05});
    const LoopResult result =
        train(model, adam, data, data, {.epochs = 5, .batch = 8, .checkpoint = place},
              [&](const Epoch& epoch) {
                if (epoch.number == killed_after) throw Killed();
              });
    std::vector<double> all = numbers_of(model);
    for (const Epoch& epoch : result.epochs) all.push_back(epoch.training_loss);
    return all;
  };
  std::filesystem::remove(file);
  CheckpointFile place(file);
  EXPECT_THROW(run(1, &place, 2), Killed);
  EXPECT_EQ(run(99, &place, 0), run(1, nullptr, 0))
      << "another start, but everything comes from the checkpoint: to the last bit";
  std::filesystem::remove(file);
}

TEST(TrainingLoop, StopsAtALossThatIsNoNumber) {
  OneWeight model;
  CheckpointInMemory place;
  std::string good;
  // Three batches an epoch: NaN comes with the last step of the second, so that only evaluate sees
  // it
  Scripted script({&model.weight}, {1, 1, 1, 2, 2, std::nan("")});
  const std::string says = message_of<TrainingError>([&] {
    train(model, script, ones(6), ones(2), {.epochs = 9, .batch = 2, .checkpoint = &place},
          [&](const Epoch&) { good = place.bytes; });
  });
  EXPECT_THAT(says, AllOf(HasSubstr("epoch 2"), HasSubstr("weight")))
      << "the validation loss is a loss too: look at it before anything is saved";
  EXPECT_EQ(place.bytes, good) << "the checkpoint of the last good epoch stays";

  OneWeight other;
  Scripted sooner({&other.weight}, {1, std::nan(""), 3});
  EXPECT_THROW(train(other, sooner, ones(6), ones(2), {.epochs = 1, .batch = 2}, kSilent),
               TrainingError);
  EXPECT_EQ(sooner.made(), 2) << "no step is made with a loss that is no number";
}

TEST(TrainingLoop, SavesBeforeItReports) {
  OneWeight model;
  CheckpointInMemory place;
  Scripted script({&model.weight}, {1, 2, 3});
  std::vector<std::size_t> sizes;
  train(model, script, ones(4), ones(4), {.epochs = 3, .batch = 4, .checkpoint = &place},
        [&](const Epoch&) { sizes.push_back(place.bytes.size()); });
  ASSERT_THAT(sizes, SizeIs(3));
  EXPECT_EQ(sizes[1] - sizes[0], 4u * 8) << "a row of four numbers for each epoch";
  EXPECT_GT(sizes[0], 0u) << "who is killed in a report has lost nothing";
}

TEST(TrainingLoop, RefusesToLearnFromNothing) {
  OneWeight model;
  Scripted script({&model.weight}, {});
  EXPECT_THROW(train(model, script, ones(0), ones(2), {}, kSilent), ShapeError);
  EXPECT_THROW(train(model, script, ones(2), ones(0), {}, kSilent), ShapeError);
}

}  // namespace
}  // namespace gradbook
