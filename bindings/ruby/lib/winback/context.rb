# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "convert"

module Winback
  # Allocator and limits, shared by the objects made with it. Where a context is left out, the allocator is the
  # C library's and the limits are the defaults.
  #
  # `max_memory`: bytes that may be live at once; `max_depth`: nesting of expressions, templates and JSON;
  # `max_cost`: units that a rule may cost a patient. 0 is the default. `alloc` allocates, resizes and frees:
  # called with an address (0: none), the old size and the new one (0: free), it answers an address, or nil:
  # no memory. It is kept as long as anything made with it.
  class Context < Shared
    FREE = :wb_context_unref
    REF = :wb_context_ref
    private_constant :FREE, :REF

    def initialize(max_memory: 0, max_depth: 0, max_cost: 0, alloc: nil)
      callback = alloc && Callback.new(:wb_alloc_fn, failed: 0) { |_, *asked| address(alloc.call(*asked)) }
      options = Layout[:wb_context_options].pack(
        max_memory: Convert.whole(max_memory, "Q", "max_memory"), max_depth: Convert.whole(max_depth, "L", "max_depth"),
        max_cost: Convert.whole(max_cost, "L", "max_cost"), alloc: callback.to_i)
      make(:wb_context_new, [], options, keeps: [callback])
    end

    private

    # What an allocator of the host answers.
    def address(answer)
      unless answer.nil? || answer.is_a?(Integer) || answer.is_a?(Fiddle::Pointer)
        raise TypeError, "an allocator answers an address or nil, not a #{answer.class}"
      end

      Convert.whole(answer.to_i, "J", "an allocator's answer")
    end
  end
end
