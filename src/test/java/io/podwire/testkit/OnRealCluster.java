package io.podwire.testkit;

import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Runs only where `PODWIRE_IT_KUBECONFIG` names a cluster; elsewhere it is skipped with the sentence that
/// says how to give it one.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RealCluster.class)
public @interface OnRealCluster {}
