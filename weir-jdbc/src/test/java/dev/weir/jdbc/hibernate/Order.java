package dev.weir.jdbc.hibernate;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An entity of the test. */
@Entity
@Table(name = "orders")
class Order {

    @Id
    @GeneratedValue
    private long id;

    private String customer = "";
    private int pieces;

    /** For Hibernate. */
    protected Order() {}

    Order(String customer, int pieces) {
        this.customer = customer;
        this.pieces = pieces;
    }

    long id() {
        return id;
    }

    String customer() {
        return customer;
    }

    int pieces() {
        return pieces;
    }

    void add(int more) {
        pieces += more;
    }
}
