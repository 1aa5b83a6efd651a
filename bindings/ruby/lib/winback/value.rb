# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Winback
  # An enumeration of the library: symbols and their numbers.
  class Enum
    def initialize(name, **members)
      @name = name
      @numbers = members.freeze
      @symbols = members.invert.freeze
      freeze
    end

    # The number of a symbol; a number stays one.
    def [](member)
      return member if member.is_a?(Integer)

      @numbers.fetch(member) { raise ArgumentError, "no #{inspect} #{member.inspect}: #{@numbers.keys.join(", ")}" }
    end

    # The symbol of a number, or the number when it has none; a symbol stays one.
    def symbol(member)
      member.is_a?(Integer) ? @symbols.fetch(member, member) : @symbols.fetch(self[member])
    end

    # All symbols.
    def symbols
      @numbers.keys
    end

    # The numbers by their symbols.
    def to_h
      @numbers
    end

    def inspect
      "Winback::#{@name}"
    end
  end

  # A value: equal when all members are, and never changed.
  class Value
    class << self
      # What stands for nothing, by the names of the members.
      def members
        @members ||= {}
      end

      # Members that may hold a patient's name, number or words: not shown.
      def hidden(*names)
        (@hidden ||= []).concat(names)
      end

      private

      # Declares a member, and what stands for nothing: of one of an enumeration the number 0.
      def member(name, nothing)
        members[name] = nothing.freeze
        attr_reader name
      end
    end

    def initialize(**given)
      unknown = given.keys - self.class.members.keys
      raise ArgumentError, "a #{self.class} has no member #{unknown.join(", ")}" unless unknown.empty?

      self.class.members.each do |name, nothing|
        value = given.fetch(name, nothing.is_a?(Enum) ? 0 : nothing)
        value = nothing.is_a?(Enum) ? nothing.symbol(value) : fixed(value)
        instance_variable_set("@#{name}", value)
      end
      freeze
    end

    # The members and what they are.
    def to_h
      self.class.members.to_h { |name, _| [name, public_send(name)] }
    end

    # For `case … in`.
    def deconstruct_keys(_names)
      to_h
    end

    # The same with some members changed.
    def with(**changes)
      self.class.new(**to_h, **changes)
    end

    def ==(other)
      other.instance_of?(self.class) && to_h == other.to_h
    end
    alias eql? ==

    def hash
      [self.class, to_h].hash
    end

    def inspect
      shown = to_h.except(*self.class.hidden).map { |name, value| " #{name}=#{value.inspect}" }
      "#<#{self.class}#{shown.join(",")}>"
    end
    alias to_s inspect

    private

    # A text or a list that nobody else can change.
    def fixed(value)
      value.frozen? || !(value.is_a?(String) || value.is_a?(Array)) ? value : value.dup.freeze
    end
  end
end
