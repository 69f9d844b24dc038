package org.maraudersmap.e2e.equivalence;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Something that users do, and how often in comparison with the others. */
record Deed(int weight, Consumer<Player> action) {
    private static final List<Deed> ALL = List.of(
            new Deed(3, Player::report),
            new Deed(6, Player::edit),
            new Deed(4, Player::changeSeverity),
            new Deed(4, Player::start),
            new Deed(4, Player::resolve),
            new Deed(2, Player::editAndResolve),
            new Deed(4, Player::reopen),
            new Deed(2, Player::archive),
            new Deed(6, Player::assign),
            new Deed(2, Player::unassign),
            new Deed(5, Player::comment),
            new Deed(6, Player::mention),
            new Deed(5, Player::deleteComment),
            new Deed(4, Player::markRead),
            new Deed(2, Player::markReadOverSocket),
            new Deed(2, Player::markAllRead),
            new Deed(4, Player::dismiss),
            new Deed(2, Player::changeSomeonesRole),
            new Deed(5, Player::connect),
            new Deed(2, Player::disconnect),
            new Deed(6, Player::joinRoom),
            new Deed(4, Player::leaveRoom),
            new Deed(2, Player::type));
    private static final int TOTAL = ALL.stream().mapToInt(Deed::weight).sum();

    static Deed pick(Random random) {
        var left = random.nextInt(TOTAL);
        for (var deed : ALL) {
            left -= deed.weight;
            if (left < 0) {
                return deed;
            }
        }
        throw new IllegalStateException("the weights do not add up");
    }
}
