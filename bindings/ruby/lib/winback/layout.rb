# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "fiddle"
require_relative "declarations"

module Winback
  # Letters of Array#pack as types of Fiddle. "p" is bytes or an address, as an argument.
  TYPES = {
    "l" => Fiddle::TYPE_INT, "L" => -Fiddle::TYPE_INT, "q" => Fiddle::TYPE_LONG_LONG,
    "Q" => -Fiddle::TYPE_LONG_LONG, "C" => -Fiddle::TYPE_CHAR, "S" => -Fiddle::TYPE_SHORT,
    "J" => Fiddle::TYPE_UINTPTR_T, "d" => Fiddle::TYPE_DOUBLE, "p" => Fiddle::TYPE_VOIDP, "" => Fiddle::TYPE_VOID
  }.freeze
  # What fits.
  RANGES = {
    "l" => -2**31...2**31, "L" => 0...2**32, "q" => -2**63...2**63, "Q" => 0...2**64, "C" => 0...2**8,
    "S" => 0...2**16, "J" => 0...2**(8 * Fiddle::SIZEOF_UINTPTR_T)
  }.freeze
  private_constant :TYPES, :RANGES

  # Where the members of a struct lie, by the rules of C.
  class Layout
    SIZES = {
      "l" => [4, Fiddle::ALIGN_INT], "L" => [4, Fiddle::ALIGN_INT], "q" => [8, Fiddle::ALIGN_LONG_LONG],
      "Q" => [8, Fiddle::ALIGN_LONG_LONG], "C" => [1, 1], "a" => [1, 1], "S" => [2, Fiddle::ALIGN_SHORT],
      "d" => [8, Fiddle::ALIGN_DOUBLE], "J" => [Fiddle::SIZEOF_UINTPTR_T, Fiddle::ALIGN_UINTPTR_T]
    }.freeze

    @all = Hash.new { |all, name| all[name] = new(Declarations::STRUCTS.fetch(name)) }

    # The layout of a struct of the library.
    def self.[](name)
      @all[name]
    end

    # Letters and offsets by the names of the members; the size of it all.
    attr_reader :members, :offsets, :size

    def initialize(members)
      @members = members
      @offsets = {}
      @indices = {}
      @template = +""
      @nothing = {}
      @size = 0
      widest = members.map { |name, letters| place(name, letters) }.max
      align(widest)
      @room = pack.freeze
      freeze
    end

    # The bytes of a struct of which only the size is set.
    def room
      @room.dup
    end

    # The bytes of a struct; members that are left out are 0, its size is set.
    def pack(**given)
      given[:size] = @size if @members.key?(:size) && !given.key?(:size)
      @nothing.merge(given).values.flatten.pack(@template)
    end

    # All members, one behind the other.
    def unpack(bytes, offset = 0)
      bytes.unpack(@template, offset: offset)
    end

    # One member.
    def read(bytes, name)
      bytes.unpack1(@members.fetch(name), offset: @offsets.fetch(name))
    end

    # Where a member stands in what `unpack` gives.
    def index(name)
      @indices.fetch(name)
    end

    private

    def align(to)
      gap = -@size % to
      @template << "x#{gap}" unless gap.zero?
      @size += gap
    end

    def place(name, letters)
      width, boundary = SIZES.fetch(letters[0])
      count = Integer(letters[1..], exception: false) || 1
      align(boundary)
      @offsets[name] = @size
      @indices[name] = @nothing.values.flatten.size
      @nothing[name] = letters[0] == "a" ? "" : [0] * count
      @template << letters
      @size += width * count
      boundary
    end
  end
  private_constant :Layout

  # Bytes that stay where they are, and what they point to, for as long as somebody refers to this.
  class Memory
    ADDRESSES = (1...(1 << 8 * Fiddle::SIZEOF_VOIDP)).freeze

    attr_reader :bytes, :to_ptr

    def initialize(bytes, keeps = nil)
      @bytes = bytes
      @to_ptr = Fiddle::Pointer[bytes] # which pins them
      @keeps = keeps
    end

    def address
      @to_ptr.to_i
    end

    # A copy of bytes that lie somewhere.
    def self.at(address, length)
      address.zero? || length.zero? ? "".b : Fiddle::Pointer.new(address)[0, length]
    end

    # Writes numbers at an address.
    def self.put(address, letters, *numbers)
      bytes = numbers.pack(letters)
      Fiddle::Pointer.new(address)[0, bytes.bytesize] = bytes
    end
  end
  private_constant :Memory
end
